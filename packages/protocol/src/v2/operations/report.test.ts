import { expect, test } from 'vitest';
import { parseOutTradeNo } from '../../values/numbers.ts';
import { readUnsignedEnvelope } from '../envelope.ts';
import { bytes, fieldsOf, valueOf } from '../messages.suite.ts';
import { report } from './report.ts';

const OUT_TRADE_NO = valueOf(parseOutTradeNo('1217752501201407033233368018'));

test('a call is reported with the underscore that WeChat Pay wants behind execute_time', () => {
  const request = {
    interfaceUrl: 'https://api.mch.weixin.qq.com/pay/unifiedorder',
    executeTimeMs: 320,
    returnCode: 'SUCCESS',
    resultCode: 'FAIL',
    errCode: 'ORDERPAID',
    outTradeNo: OUT_TRADE_NO,
    userIp: '8.8.8.8',
    calledAtMs: Date.UTC(2014, 10, 11, 9, 0, 43),
  } as const;
  expect(valueOf(report.printRequest(request))).toEqual(
    fieldsOf({
      interface_url: 'https://api.mch.weixin.qq.com/pay/unifiedorder',
      execute_time_: '320',
      return_code: 'SUCCESS',
      result_code: 'FAIL',
      err_code: 'ORDERPAID',
      out_trade_no: '1217752501201407033233368018',
      user_ip: '8.8.8.8',
      time: '20141111170043',
    }),
  );
});

test('micropays are reported in a batch as JSON, moments as text', () => {
  const trades = [
    {
      outTradeNo: OUT_TRADE_NO,
      beganAtMs: Date.UTC(2016, 5, 2, 6, 0, 0),
      endedAtMs: Date.UTC(2016, 5, 2, 6, 0, 3),
      state: 'CANCLE',
      errMsg: '用户取消',
    },
  ] as const;
  const interfaceUrl = 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total';
  expect(valueOf(report.printRequest({ interfaceUrl, trades, userIp: '8.8.8.8' })).get('trades')).toBe(
    '[{"out_trade_no":"1217752501201407033233368018","begin_time":"20160602140000","end_time":"20160602140003",' +
      '"state":"CANCLE","err_msg":"用户取消"}]',
  );
});

test('a report that says nothing of the call is refused before it is sent', () => {
  // @ts-expect-error: callers without types get an answer too
  expect(report.printRequest({ interfaceUrl: 'https://api.mch.weixin.qq.com/', userIp: '8.8.8.8' })).toMatchObject({
    ok: false,
    message: 'return_code or trades is required',
  });
});

test('the answer to a report is unsigned, with err_code 0, and a success', () => {
  const body = bytes(
    '<xml><return_code>SUCCESS</return_code><return_msg/><result_code>SUCCESS</result_code><err_code>0</err_code><err_code_des/></xml>',
  );
  const envelope = readUnsignedEnvelope(body);
  expect(envelope.kind === 'succeeded' && report.readAnswer(envelope.fields)).toEqual({ ok: true, value: {} });
});
