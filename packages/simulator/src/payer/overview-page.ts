import { OVERVIEW_SCRIPT } from './overview-script.ts';
import { pageOf } from './page-frame.ts';

const STYLE = `
body { padding: 0 24px 40px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 18px 0; }
header h1 { margin: 0; font-size: 20px; }
header a, header .language { color: #576b95; text-decoration: none; }
.clock { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-left: auto; }
.clock b { font-variant-numeric: tabular-nums; }
.clock button, td button { padding: 4px 12px; border-radius: 8px; background: var(--card); box-shadow: inset 0 0 0 1px var(--line); font-size: 13px; }
section { margin-bottom: 22px; padding: 14px 18px; border-radius: 12px; background: var(--card); overflow-x: auto; }
section h2 { margin: 0 0 8px; font-size: 16px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th { text-align: left; font-weight: 500; color: var(--soft); white-space: nowrap; }
th, td { padding: 6px 14px 6px 0; border-top: 1px solid var(--line); vertical-align: top; }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.state { padding: 1px 8px; border-radius: 8px; background: #eef0f2; white-space: nowrap; font-size: 12px; }
.state.good { background: #e7f8ee; color: #048e45; }
.state.bad { background: #fdecec; color: #c03636; }
.empty { color: var(--soft); margin: 4px 0; }
pre { margin: 6px 0; padding: 10px; max-width: 86vw; border-radius: 8px; background: var(--ground); white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; }
summary { cursor: pointer; }
`;

const section = (id: string): string =>
  `<section><h2 data-t="${id}"></h2><table><thead><tr id="${id}Head"></tr></thead><tbody id="${id}"></tbody></table><p class="empty" id="${id}Empty" data-t="nothing"></p></section>`;

const BODY = `
<header>
  <h1 data-t="title"></h1>
  <a href="/payer" data-t="phone"></a>
  <button id="language" class="language" data-t="language"></button>
  <div class="clock">
    <span id="mode" class="state"></span><b id="now"></b>
    <button id="freeze" data-t="freeze"></button><button id="run" data-t="run"></button>
    <button id="minute">+1 min</button><button id="five">+5 min</button><button id="hour">+1 h</button>
    <button id="next" data-t="next"></button>
  </div>
</header>
${section('orders')}${section('calls')}${section('notices')}`;

/** The page that shows orders, calls and notices as they come. */
export const OVERVIEW_PAGE = pageOf({
  title: '模拟微信支付 · Simulator',
  style: STYLE,
  body: BODY,
  script: OVERVIEW_SCRIPT,
});
