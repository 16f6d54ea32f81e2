import { FUND_FLOW_HEADER, FUND_FLOW_SUMMARY_HEADER, printDashedBeijingTime } from '@orderkeeper/protocol';
import { settledFen } from '../core/coupons.ts';
import { feeFen, sumOf, yuan } from './money.ts';
import type { Movement } from './movements.ts';
import { type Cells, printTable } from './print-table.ts';

/** One change of the merchant's account. */
interface Flow {
  readonly atMs: number;
  /** Negative where money leaves. */
  readonly fen: number;
  readonly cells: Cells;
}

/** What comes in is net of the fee, what goes out brings the fee back. */
function flowOf(movement: Movement, number: number): Flow {
  const { order, payment, atMs } = movement;
  const isIncome = movement.kind === 'payment';
  const refund = movement.kind === 'refund' ? movement.refund : undefined;
  const grossFen = settledFen(refund?.refundFen ?? order.totalFen, refund?.coupons ?? payment.coupons);
  const fee = feeFen(grossFen);
  const name = isIncome ? '交易' : refund === undefined ? '撤销' : '退款';
  const cells = {
    记账时间: printDashedBeijingTime(atMs),
    微信支付业务单号: refund?.refundId ?? payment.transactionId,
    资金流水单号: `${payment.transactionId.slice(0, 18)}${String(number).padStart(10, '0')}`,
    业务名称: name,
    业务类型: name,
    收支类型: isIncome ? '收入' : '支出',
    资金变更提交申请人: 'system',
    备注: isIncome
      ? `结算总金额 ${yuan(grossFen)} 元;含手续费 ${yuan(fee)} 元`
      : `退款总金额 ${yuan(grossFen)} 元;含手续费 ${yuan(fee)} 元`,
    业务凭证号: refund?.outRefundNo ?? order.outTradeNo,
  };
  return { atMs, fen: isIncome ? grossFen - fee : fee - grossFen, cells };
}

/** Prints what moved within `[startMs, endMs)`, with the balance since the beginning; `undefined` when nothing did. */
export function printFundFlowBill(
  movements: readonly Movement[],
  startMs: number,
  endMs: number,
): Uint8Array | undefined {
  let balanceFen = 0;
  const flows = movements.filter(isOfAccount).map((movement, index) => {
    const flow = flowOf(movement, index + 1);
    balanceFen += flow.fen;
    return {
      ...flow,
      cells: { ...flow.cells, '收支金额(元)': yuan(Math.abs(flow.fen)), '账户结余(元)': yuan(balanceFen) },
    };
  });
  const ofDay = flows.filter(({ atMs }) => atMs >= startMs && atMs < endMs);
  if (ofDay.length === 0) return undefined;
  const income = ofDay.filter(({ fen }) => fen >= 0);
  const expense = ofDay.filter(({ fen }) => fen < 0);
  const summary = {
    资金流水总笔数: `${ofDay.length}.0`,
    收入笔数: `${income.length}.0`,
    收入金额: yuan(sumOf(income, ({ fen }) => fen)),
    支出笔数: `${expense.length}.0`,
    支出金额: yuan(-sumOf(expense, ({ fen }) => fen)),
  };
  const rows = ofDay.map(({ cells }) => cells);
  return printTable(FUND_FLOW_HEADER, rows, FUND_FLOW_SUMMARY_HEADER, summary);
}

/** Refunds from the deposit leave the basic account alone. */
const isOfAccount = (movement: Movement): boolean =>
  movement.kind !== 'refund' || movement.refund.account !== 'REFUND_SOURCE_RECHARGE_FUNDS';
