import { pageOf } from './page-frame.ts';
import { PAYER_SCRIPT } from './payer-script.ts';
import { PAYER_STYLE } from './payer-style.ts';

const BODY = `
<div class="phone">
  <header>
    <button id="back" class="back" aria-label="back">‹</button>
    <h1 data-t="title"></h1>
    <button id="language" data-t="language"></button>
  </header>
  <div id="notice" class="notice" role="status" hidden></div>
  <main id="list">
    <form id="scan" class="scan">
      <input id="codeInput" data-hint="hint" autocomplete="off" aria-label="code">
      <button type="submit" data-t="scan"></button>
    </form>
    <p class="label" data-t="open"></p>
    <div id="orders"></div>
    <p id="empty" class="empty" data-t="empty" hidden></p>
  </main>
  <main id="cashier" class="cashier" hidden>
    <div id="shop" class="shop"></div>
    <div id="amount" class="amount"></div>
    <dl id="facts" class="facts"></dl>
    <div id="qr" class="qr" hidden><img id="qrImage" alt="QR"><small id="qrText"></small></div>
    <button id="pay" class="main" data-t="pay"></button>
  </main>
  <main id="result" class="cashier" hidden>
    <div id="mark" class="mark"></div>
    <h2 id="resultText"></h2>
    <div id="resultAmount" class="amount"></div>
    <p id="resultDetail" class="label"></p>
    <a id="toShop" class="main" data-t="toShop" hidden></a>
    <button id="again" class="second" data-t="back"></button>
  </main>
  <div id="sheet" hidden>
    <div class="shade"></div>
    <section class="sheet" role="dialog" aria-modal="true">
      <h2><button id="close" aria-label="cancel">×</button><span data-t="password"></span></h2>
      <div id="sheetAmount" class="amount"></div>
      <div id="dots" class="dots"></div>
      <p id="hint" class="hint" role="status"></p>
      <div class="links"><button id="fill" data-t="fill"></button><button id="wrongKey" data-t="wrongKey"></button></div>
      <div id="keys" class="keys"></div>
    </section>
  </div>
</div>`;

/** The page on which a person scans and pays, in the size of a phone. */
export const PAYER_PAGE = pageOf({
  title: '模拟微信支付 · Simulated WeChat Pay',
  style: PAYER_STYLE,
  body: BODY,
  script: PAYER_SCRIPT,
});
