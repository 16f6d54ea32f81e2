/** The phone. On a wide screen it stands in the middle. */
export const PAYER_STYLE = `
body { display: flex; justify-content: center; min-height: 100vh; }
.phone { position: relative; width: 100%; max-width: 430px; min-height: 100vh; background: var(--ground); overflow: hidden; }
@media (min-width: 600px) {
  body { background: #dfe3e6; padding: 32px 0; }
  .phone { width: 390px; min-height: 780px; border-radius: 36px; box-shadow: 0 20px 60px rgb(0 0 0 / 22%); }
}
header { display: flex; align-items: center; gap: 8px; height: 52px; padding: 0 16px; background: var(--ground); }
header h1 { flex: 1; margin: 0; font-size: 17px; font-weight: 600; text-align: center; }
header button { min-width: 44px; height: 36px; font-size: 14px; color: var(--soft); }
header .back { font-size: 26px; line-height: 1; text-align: left; color: var(--ink); }
.scan { display: flex; gap: 8px; margin: 4px 16px 16px; }
.scan input { flex: 1; min-width: 0; height: 44px; padding: 0 14px; border: 0; border-radius: 10px; background: var(--card); font: inherit; }
.scan button { height: 44px; padding: 0 18px; border-radius: 10px; background: var(--green); color: #fff; font-weight: 600; }
.label { margin: 0 20px 8px; font-size: 13px; color: var(--soft); }
.order { display: block; width: calc(100% - 32px); margin: 0 16px 10px; padding: 14px 16px; border-radius: 12px; background: var(--card); text-align: left; }
.order .row { display: flex; justify-content: space-between; gap: 12px; align-items: baseline; }
.order .name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.order .fee { font-size: 18px; font-weight: 600; white-space: nowrap; }
.order small { color: var(--soft); overflow-wrap: anywhere; }
.badge { font-size: 11px; padding: 1px 7px; border-radius: 8px; background: #e7f8ee; color: #048e45; white-space: nowrap; }
.empty { margin: 72px 40px; text-align: center; color: var(--soft); }
.notice { margin: 0 16px 12px; padding: 10px 14px; border-radius: 10px; background: #fdecec; color: #c03636; font-size: 14px; }
.cashier { padding: 20px 20px 0; text-align: center; }
.cashier .shop { font-size: 15px; }
.amount { margin: 10px 0 24px; font-size: 44px; font-weight: 600; letter-spacing: -1px; line-height: 1.1; }
.amount::before { content: '¥'; font-size: 28px; margin-right: 4px; vertical-align: 6px; }
.facts { margin: 0 0 20px; padding: 4px 16px; border-radius: 12px; background: var(--card); text-align: left; }
.facts div { display: flex; justify-content: space-between; gap: 16px; padding: 11px 0; border-bottom: 1px solid var(--line); }
.facts div:last-child { border-bottom: 0; }
.facts dt { color: var(--soft); white-space: nowrap; }
.facts dd { margin: 0; text-align: right; overflow-wrap: anywhere; }
.qr { margin: 0 0 20px; padding: 16px; border-radius: 12px; background: var(--card); }
.qr img { display: block; width: 168px; height: 168px; margin: 0 auto 6px; }
.qr small { color: var(--soft); }
.main { display: block; width: 100%; height: 48px; border-radius: 10px; background: var(--green); color: #fff; font-size: 17px; font-weight: 600; text-align: center; line-height: 48px; text-decoration: none; }
.second { display: block; width: 100%; height: 44px; margin-top: 8px; color: #576b95; }
.mark { width: 72px; height: 72px; margin: 44px auto 16px; border-radius: 50%; background: var(--green); color: #fff; font-size: 42px; line-height: 72px; }
.mark.bad { background: var(--red); }
.shade { position: absolute; inset: 0; background: rgb(0 0 0 / 45%); }
.sheet { position: absolute; left: 0; right: 0; bottom: 0; border-radius: 16px 16px 0 0; background: var(--card); text-align: center; }
.sheet h2 { position: relative; margin: 0; padding: 16px; font-size: 16px; font-weight: 600; }
.sheet h2 button { position: absolute; left: 8px; top: 6px; width: 44px; height: 44px; font-size: 22px; color: var(--soft); }
.sheet .amount { margin: 4px 0 16px; font-size: 36px; }
.sheet .amount::before { font-size: 22px; }
.dots { display: flex; justify-content: center; gap: 8px; margin: 0 0 8px; }
.dots i { width: 42px; height: 46px; border-radius: 8px; background: var(--ground); font-style: normal; font-size: 26px; line-height: 46px; }
.sheet .hint { margin: 0 24px 10px; min-height: 20px; font-size: 13px; color: var(--soft); }
.sheet .hint.bad { color: var(--red); }
.sheet .links { display: flex; justify-content: center; gap: 28px; margin-bottom: 12px; color: #576b95; font-size: 14px; }
.keys { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1px; background: var(--line); border-top: 1px solid var(--line); }
.keys button { height: 54px; background: var(--card); font-size: 22px; }
.keys button:active { background: var(--ground); }
.keys .grey { background: #f0f1f3; }
`;
