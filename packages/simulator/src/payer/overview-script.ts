/** What the overview does. Texts are pairs: Chinese, English. */
export const OVERVIEW_SCRIPT = `
const TEXTS = {
  title: ['模拟微信支付', 'Simulated WeChat Pay'], phone: ['打开付款手机', 'open the phone that pays'], language: ['EN', '中文'],
  freeze: ['暂停', 'freeze'], run: ['运行', 'run'], next: ['下一事件', 'next event'], frozen: ['时钟暂停', 'frozen'], running: ['时钟运行', 'running'],
  orders: ['订单', 'Orders'], calls: ['调用', 'Calls'], notices: ['通知', 'Notices'], nothing: ['暂无', 'nothing yet'],
  number: ['商户订单号', 'order'], merchant: ['商户号', 'merchant'], type: ['类型', 'type'], amount: ['金额', 'yuan'], state: ['状态', 'state'],
  history: ['经过', 'history'], refunds: ['退款', 'refunded'], time: ['时间', 'time'], operation: ['接口', 'operation'], verdict: ['判定', 'verdict'],
  explanation: ['说明', 'explanation'], tries: ['投递', 'tries'], address: ['地址', 'address'], replay: ['重发', 'send again'], kind: ['种类', 'kind'],
  signed: ['服务端签名原文', 'what was signed here'], request: ['请求', 'request'], answer: ['应答', 'answer'],
};
const ROWS = 50;
const GOOD = new Set(['SUCCESS', 'accepted', 'delivered']);
const BAD = new Set(['PAYERROR', 'bad-signature', 'bad-request', 'unknown-merchant', 'no-certificate', 'rate-limited', 'unknown-path', 'fault', 'stopped']);
const opened = new Set();

const badge = (state) => make('span', { class: 'state' + (GOOD.has(state) ? ' good' : BAD.has(state) ? ' bad' : '') }, state);
const cell = (content, kind) => make('td', kind ? { class: kind } : {}, content);
function table(id, heads, rows) {
  $(id + 'Head').replaceChildren(...heads.map((key) => make('th', {}, key ? t(key) : '')));
  $(id).replaceChildren(...rows.map((cells) => make('tr', {}, ...cells)));
  $(id + 'Empty').hidden = rows.length > 0;
}
function orderRow(order) {
  const history = order.history.map(({ state, atMs }) => time(atMs) + ' ' + state).join(' → ');
  return [cell(order.outTradeNo), cell(order.mchid, 'number'), cell(order.tradeType + (order.combine ? ' · ' + order.combine.outTradeNo : '')), cell(yuan(order.totalFen), 'number'), cell(badge(order.state)),
    cell(history), cell(order.refundedFen ? yuan(order.refundedFen) : '', 'number')];
}
function part(title, text) {
  return text ? make('div', {}, make('b', {}, t(title)), make('pre', {}, text)) : undefined;
}
function callRow(call) {
  const details = make('details', opened.has(call.id) ? { open: '' } : {}, make('summary', {}, call.explanation),
    part('signed', call.signedText), part('request', call.requestText), part('answer', call.answerText));
  details.addEventListener('toggle', () => { if (details.open) opened.add(call.id); else opened.delete(call.id); });
  return [cell(time(call.atMs), 'number'), cell(call.operation || call.path), cell(call.outTradeNo), cell(badge(call.verdict)), cell(details)];
}
function noticeRow(notice) {
  const tries = notice.tries.map(({ atMs, verdict }) => time(atMs) + ' ' + verdict).join(', ');
  const again = make('button', { on: () => ask('POST', '/notices/' + notice.id + '/replay').then(refresh) }, t('replay'));
  return [cell(notice.id, 'number'), cell(notice.kind), cell(notice.outRefundNo || notice.outTradeNo), cell(badge(notice.state)), cell(tries), cell(notice.url), cell(again)];
}
async function refresh() {
  const [clock, ledger, calls, notices] = await Promise.all(['/clock', '/ledger', '/calls', '/notices'].map((path) => ask('GET', path + '?limit=' + ROWS)));
  $('mode').textContent = t(clock.json.mode);
  $('now').textContent = new Date(clock.json.nowMs).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
  table('orders', ['number', 'merchant', 'type', 'amount', 'state', 'history', 'refunds'], ledger.json.orders.reverse().map(orderRow));
  table('calls', ['time', 'operation', 'number', 'verdict', 'explanation'], calls.json.calls.reverse().map(callRow));
  table('notices', ['', 'kind', 'number', 'state', 'tries', 'address', ''], notices.json.notices.reverse().map(noticeRow));
}
function start() {
  translate();
  const move = (id, path, body) => { $(id).onclick = () => ask('POST', path, body).then(refresh); };
  move('freeze', '/clock/freeze', {});
  move('run', '/clock/run', {});
  move('minute', '/clock/advance', { minutes: 1 });
  move('five', '/clock/advance', { minutes: 5 });
  move('hour', '/clock/advance', { hours: 1 });
  move('next', '/clock/advance', { to: 'next-event' });
  $('language').onclick = () => { switchLanguage(); refresh(); };
  refresh();
  setInterval(refresh, 2000);
}
`;
