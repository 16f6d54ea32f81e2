import type { Fen } from '../../values/fen.ts';
import { bindTable, type CellTable } from './cell-table.ts';
import { optional, readCount, readFen, readText, readTime, readWord, required } from './cells.ts';
import { type BillItem, type BillLayout, readBill } from './read-bill.ts';

/** One movement of money on an account of the merchant. */
export interface FundFlowRow {
  readonly kind: 'income' | 'expense';
  /** UTC milliseconds. */
  readonly bookedAtMs: number;
  /** 微信支付业务单号: the transaction, refund or withdrawal that moved the money. */
  readonly businessNo: string;
  /** 资金流水单号: the movement's own number. */
  readonly flowNo: string;
  /** 业务名称 */
  readonly businessName: string;
  /** 业务类型 */
  readonly businessType: string;
  readonly amountFen: Fen;
  /** What the account held afterwards. */
  readonly balanceFen: Fen;
  /** Who asked for it; `system` for payments. */
  readonly submittedBy?: string;
  /** 备注 */
  readonly note?: string;
  /** 业务凭证号: the merchant's own number of it. */
  readonly voucherNo?: string;
}

/** The sums of a fund-flow bill. */
export interface FundFlowSummary {
  readonly flowCount: number;
  readonly incomeCount: number;
  readonly incomeFen: Fen;
  readonly expenseCount: number;
  readonly expenseFen: Fen;
}

const DIRECTION: CellTable<{ direction: '收入' | '支出' }> = {
  direction: required('收支类型', readWord('收入', '支出')),
};

const FLOW: CellTable<Omit<FundFlowRow, 'kind'>> = {
  bookedAtMs: required('记账时间', readTime),
  businessNo: required('微信支付业务单号', readText),
  flowNo: required('资金流水单号', readText),
  businessName: required('业务名称', readText),
  businessType: required('业务类型', readText),
  amountFen: required('收支金额(元)', readFen),
  balanceFen: required('账户结余(元)', readFen),
  submittedBy: optional('资金变更提交申请人', readText),
  note: optional('备注', readText),
  voucherNo: optional('业务凭证号', readText),
};

const LAYOUT: BillLayout<FundFlowRow, FundFlowSummary> = {
  mark: '记账时间',
  bindRows: (header) => {
    const direction = bindTable(DIRECTION, header);
    if (!direction.ok) return direction;
    const flow = bindTable(FLOW, header);
    if (!flow.ok) return flow;
    return {
      ok: true,
      value: (cells) => {
        const way = direction.value(cells);
        if (!way.ok) return way;
        const moved = flow.value(cells);
        if (!moved.ok) return moved;
        return { ok: true, value: { kind: way.value.direction === '收入' ? 'income' : 'expense', ...moved.value } };
      },
    };
  },
  summary: {
    flowCount: required('资金流水总笔数', readCount),
    incomeCount: required('收入笔数', readCount),
    incomeFen: required('收入金额', readFen),
    expenseCount: required('支出笔数', readCount),
    expenseFen: required('支出金额', readFen),
  },
};

/**
 * Reads a fund-flow bill (资金账单) of any account, in any order of columns.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_18
 */
export const readFundFlowBill = (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<BillItem<FundFlowRow, FundFlowSummary>, void, undefined> => readBill(chunks, LAYOUT);
