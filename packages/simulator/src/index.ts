export type { OrderName, Payer, PayerReason, PayerResult, PayWish } from './actions/payer.ts';
export type { SimCoupon, SimOrder, SimPayment, SimTradeState, SimTradeType } from './ledger/order.ts';
export type { SimRefund, SimRefundState } from './ledger/refund.ts';
export { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';
export { SPECIAL_ENDINGS, type SpecialEnding } from './operations/auth-codes.ts';
export { DOCUMENTED, type Settings, type SwitchName, SWITCHES, type Switches } from './switches.ts';
export type { AuthCodePlan, Call, CallVerdict, SimMerchant, World } from './world.ts';
