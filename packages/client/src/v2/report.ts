import { report as operation, type ReportAnswer, type ReportRequest } from '@orderkeeper/protocol';
import type { Outcome } from '../outcome.ts';
import { send, type V2CallOptions, type V2Sender } from './send.ts';

/** 交易保障: tells WeChat Pay how well it answered. Optional. */
export const report =
  (sender: V2Sender) =>
  (request: ReportRequest, options?: V2CallOptions): Promise<Outcome<ReportAnswer>> =>
    send(sender, operation, request, options);
