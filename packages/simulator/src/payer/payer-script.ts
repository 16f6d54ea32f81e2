/** What the phone does. Texts are pairs: Chinese, English. */
export const PAYER_SCRIPT = `
const TEXTS = {
  title: ['模拟微信支付', 'Simulated WeChat Pay'], language: ['EN', '中文'], scan: ['扫一扫', 'Scan'],
  hint: ['粘贴二维码内容、预支付号或订单号', 'paste a code_url, prepay_id or order number'],
  open: ['待付款', 'Waiting for payment'], empty: ['还没有待付款的订单', 'No order is waiting for payment yet'],
  merchant: ['商户', 'Merchant'], number: ['商户订单号', 'Order number'], goods: ['商品', 'Goods'], type: ['支付方式', 'Trade type'],
  combine: ['合单商户订单号', 'Combined order number'], part: ['子单', 'Part'],
  expires: ['支付截止', 'Payable until'], code: ['二维码（code_url）', 'The QR code (code_url)'],
  pay: ['立即支付', 'Pay now'], back: ['返回', 'Back'], toShop: ['返回商家', 'Back to the shop'],
  password: ['请输入支付密码', 'Enter the payment password'], any: ['任意六位数字；000000 为错误密码', 'any six digits; 000000 is a wrong password'],
  wrong: ['支付密码错误，请重试', 'Wrong password, try again'], wrongKey: ['输错密码', 'Wrong password'], fill: ['自动输入', 'Fill in'],
  paid: ['支付成功', 'Paid'], refused: ['无法支付', 'Cannot be paid'], unknown: ['二维码无效', 'This code leads to no order'],
  cancelled: ['已取消支付', 'Payment cancelled'],
};
const OPEN = new Set(['NOTPAY', 'USERPAYING']);
const query = new URLSearchParams(location.search);
let order;
let digits = '';

function show(name) {
  for (const id of ['list', 'cashier', 'result']) $(id).hidden = id !== name;
  $('sheet').hidden = true;
  $('back').style.visibility = name === 'list' ? 'hidden' : 'visible';
}
function say(text) {
  $('notice').textContent = text || '';
  $('notice').hidden = !text;
}
async function list() {
  order = undefined;
  show('list');
  const { json } = await ask('GET', '/ledger?limit=200');
  const open = json.orders.filter((found) => OPEN.has(found.state) && isFirst(found)).reverse();
  $('orders').replaceChildren(...open.map(card));
  $('empty').hidden = open.length > 0;
}
function isFirst({ combine, mchid, outTradeNo }) {
  return !combine || (combine.parts[0].mchid === mchid && combine.parts[0].outTradeNo === outTradeNo);
}
const whole = (found) => found.combine || found;
function card(found) {
  const type = found.combine ? found.tradeType + ' ×' + found.combine.parts.length : found.tradeType;
  return make('button', { class: 'order', on: () => enter(found) },
    make('div', { class: 'row' }, make('span', { class: 'name' }, found.body), make('span', { class: 'fee' }, '¥' + yuan(whole(found).totalFen))),
    make('div', { class: 'row' }, make('small', {}, whole(found).outTradeNo), make('span', { class: 'badge' }, type)));
}
function fact(key, value) {
  return value ? make('div', {}, make('dt', {}, t(key)), make('dd', {}, value)) : undefined;
}
function enter(found) {
  order = found;
  say('');
  if (!OPEN.has(order.state)) return end(order.state === 'SUCCESS' ? 'paid' : 'refused', order.state);
  show('cashier');
  $('shop').textContent = t('merchant') + ' ' + whole(order).mchid;
  $('amount').textContent = yuan(whole(order).totalFen);
  const until = order.expiresAtMs ? time(order.expiresAtMs) : '';
  const facts = order.combine
    ? [fact('combine', order.combine.outTradeNo), ...order.combine.parts.map((part) => fact('part', part.outTradeNo + ' ¥' + yuan(part.totalFen)))]
    : [fact('goods', order.body), fact('number', order.outTradeNo)];
  $('facts').replaceChildren(...[...facts, fact('type', order.tradeType), fact('expires', until)].filter(Boolean));
  const url = order.prepays.map(({ codeUrl }) => codeUrl).filter(Boolean).at(-1);
  $('qr').hidden = !url;
  if (url) { $('qrImage').src = '/qr.svg?text=' + encodeURIComponent(url); $('qrText').textContent = url; }
}
const act = (verb) => ask('POST', '/attempts/' + encodeURIComponent(order.outTradeNo) + '/' + verb, { mchid: order.mchid });
async function openSheet() {
  const { ok, json } = await act('scan');
  if (!ok) return end('refused', json.detail);
  digits = '';
  drawDigits();
  hint('any');
  $('sheetAmount').textContent = yuan(whole(order).totalFen);
  $('sheet').hidden = false;
}
function hint(key) {
  $('hint').textContent = t(key);
  $('hint').className = key === 'wrong' ? 'hint bad' : 'hint';
}
function drawDigits() {
  $('dots').replaceChildren(...Array.from({ length: 6 }, (_, index) => make('i', {}, index < digits.length ? '•' : '')));
}
async function press(key) {
  if (digits.length === 6) return;
  digits = key === '⌫' ? digits.slice(0, -1) : digits + key;
  drawDigits();
  if (digits.length < 6) return;
  if (digits === '000000') return failPayment();
  const { ok, json } = await act('pay');
  if (ok) end('paid'); else end('refused', json.detail);
}
async function failPayment() {
  const { ok, json } = await act('fail');
  digits = '';
  drawDigits();
  if (!ok || !OPEN.has(json.state)) return end('refused', json.detail || json.state);
  hint('wrong');
}
async function fillIn() {
  for (const key of '123456'.slice(digits.length)) await press(key);
}
async function cancelPayment() {
  const { ok, json } = await act('cancel');
  $('sheet').hidden = true;
  if (ok && !OPEN.has(json.state)) return end('refused', json.state);
  say(t('cancelled'));
}
function end(key, detail) {
  show('result');
  $('mark').textContent = key === 'paid' ? '✓' : '!';
  $('mark').className = key === 'paid' ? 'mark' : 'mark bad';
  $('resultText').textContent = t(key);
  $('resultDetail').textContent = detail || whole(order).outTradeNo;
  $('resultAmount').hidden = key !== 'paid';
  $('resultAmount').textContent = yuan(whole(order).totalFen);
  const shop = query.get('redirect_url') || '';
  $('toShop').hidden = !/^https?:/.test(shop);
  if (!$('toShop').hidden) $('toShop').href = shop;
}
async function scanCode(code) {
  const { ok, json } = await ask('GET', '/entries?code=' + encodeURIComponent(code));
  if (!ok) return say(t('unknown'));
  $('codeInput').value = '';
  enter(json);
}
async function start() {
  translate();
  $('keys').append(...['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', '⌫'].map((key) =>
    make('button', { class: /[0-9]/.test(key) ? '' : 'grey', on: () => key && press(key), 'aria-label': key || undefined }, key)));
  document.addEventListener('keydown', ({ key }) => {
    if (!$('sheet').hidden && /^[0-9]$/.test(key)) press(key);
    if (!$('sheet').hidden && key === 'Backspace') press('⌫');
  });
  $('back').onclick = () => { say(''); list(); };
  $('again').onclick = () => { say(''); list(); };
  $('language').onclick = () => { switchLanguage(); if (order) enter(order); };
  $('scan').onsubmit = (event) => { event.preventDefault(); scanCode($('codeInput').value.trim()); };
  $('pay').onclick = openSheet;
  $('close').onclick = cancelPayment;
  $('wrongKey').onclick = failPayment;
  $('fill').onclick = fillIn;
  await list();
  const code = query.get('code') || query.get('order');
  if (code) await scanCode(code);
  setInterval(() => { if (!$('list').hidden) list(); }, 2000);
}
`;
