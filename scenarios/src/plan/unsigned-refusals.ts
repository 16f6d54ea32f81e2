import type { WorldPlan } from './plan.ts';

/** What the shop has configured: refusals without a signature are believed where WeChat Pay signs none. */
export const unsignedRefusals = ({ v3ErrorSigning }: WorldPlan['switches']): 'doubted' | 'believed' =>
  v3ErrorSigning === 'unsigned' ? 'believed' : 'doubted';
