import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createRawMerchant, IDENTITY, KEY, MCHID, xmlByHand } from '../testing/raw-merchant.ts';
import type { BillAnswer, BillOffice } from '../world.ts';
import { fileOf } from './downloadbill.ts';

const BILL = '\ufeff交易时间\r\n`2026-11-23 10:00:00\r\n';
const YESTERDAY = '20261123';

/** An office with one bill, which writes down what it is asked for. */
function office(answer: BillAnswer) {
  const wishes: unknown[] = [];
  const note = (wish: unknown): BillAnswer => {
    wishes.push(wish);
    return answer;
  };
  const bills = (): BillOffice => ({ tradeBill: note, fundFlowBill: note });
  return { wishes, merchant: createRawMerchant({ bills }) };
}

const READY: BillAnswer = { kind: 'ready', bytes: new TextEncoder().encode(BILL) };

/** A gzip stream is no text, so these calls look at the bytes. */
async function rawCall(
  merchant: ReturnType<typeof office>['merchant'],
  path: string,
  own: Readonly<Record<string, string>>,
) {
  await merchant.call(path, own, { signType: 'HMAC-SHA256', identity: IDENTITY });
  return merchant.world.calls.list().at(-1);
}

describe('downloadbill', () => {
  test('is the text of the bill, unsigned', async () => {
    const { merchant, wishes } = office(READY);
    const answer = await merchant.call('/pay/downloadbill', { bill_date: YESTERDAY, bill_type: 'SUCCESS' });
    expect([answer.status, answer.text]).toEqual([200, BILL.slice(1)]);
    expect(wishes).toMatchObject([{ mchid: MCHID, subMchid: '', day: { text: YESTERDAY }, billType: 'SUCCESS' }]);
  });

  test('is ALL where no type is named', async () => {
    const { merchant, wishes } = office(READY);
    await merchant.call('/pay/downloadbill', { bill_date: YESTERDAY });
    expect(wishes).toMatchObject([{ billType: 'ALL' }]);
  });

  test.each([
    [{ bill_type: 'ALL' }, '20001', 'missing parameter'],
    [{ bill_date: '20261324' }, '20001', 'invalid bill_date'],
    [{ bill_date: '20261125' }, '20001', 'invalid bill_date'],
    [{ bill_date: '20260101' }, '20001', 'invalid bill_date'],
    [{ bill_date: YESTERDAY, bill_type: 'SOME' }, '20001', 'invalid bill_type'],
    [{ bill_date: YESTERDAY, tar_type: 'ZIP' }, '20001', 'invalid tar_type: Only GZIP supported'],
    [{ bill_date: YESTERDAY, colour: 'red' }, '20001', 'invalid parameter'],
    [{ bill_date: YESTERDAY, nonce_str: 'n'.repeat(33) }, '20001', 'nonce_str too long'],
    [{ bill_date: YESTERDAY, appid: 'wx0' }, '20001', 'invalid appid'],
  ])('refuses %o with number %s', async (own, errorCode, text) => {
    const answer = await office(READY).merchant.call('/pay/downloadbill', own);
    expect(answer.fields).toEqual({ return_code: 'FAIL', return_msg: text, error_code: errorCode });
  });

  test('speaks English about signatures and bodies', async () => {
    const { merchant } = office(READY);
    const wrong = await merchant.call('/pay/downloadbill', { bill_date: YESTERDAY }, { key: 'f'.repeat(32) });
    expect(wrong.fields).toMatchObject({ return_msg: 'sign error', error_code: '20001' });
    expect((await merchant.send({ path: '/pay/downloadbill' })).fields).toMatchObject({
      return_msg: 'empty post data',
    });
    expect((await merchant.send({ path: '/pay/downloadbill', body: 'hello' })).fields).toMatchObject({
      return_msg: 'data format error',
    });
    expect((await merchant.send({ path: '/pay/downloadbill', method: 'GET' })).fields).toMatchObject({
      return_msg: 'require POST method',
    });
  });

  test.each([
    ['creating', 'Bill Creating'],
    ['none', 'No Bill Exist'],
  ] as const)('that is %s says %s', async (kind, text) => {
    const answer = await office({ kind }).merchant.call('/pay/downloadbill', { bill_date: YESTERDAY });
    expect(answer.text).toBe(
      xmlByHand({ return_code: 'FAIL', return_msg: text, error_code: '20002' })
        .replaceAll('><return_msg', '>\n<return_msg')
        .replaceAll('><error_code', '>\n<error_code'),
    );
  });
});

describe('a gzip bill', () => {
  test('is a gzip stream of the same bytes', () => {
    const outcome = fileOf(new TextEncoder().encode(BILL), 'GZIP');
    expect(outcome.kind === 'file' && gunzipSync(outcome.bytes).toString()).toBe(BILL);
  });
});

describe('downloadfundflow', () => {
  test('takes HMAC-SHA256 only', async () => {
    const own = { bill_date: YESTERDAY, account_type: 'Basic' };
    const answer = await office(READY).merchant.call('/pay/downloadfundflow', own, { identity: IDENTITY, key: KEY });
    expect(answer.fields).toEqual({ return_code: 'FAIL', return_msg: '签名错误，请检查后再试' });
    const call = await rawCall(office(READY).merchant, '/pay/downloadfundflow', own);
    expect(call).toMatchObject({ verdict: 'accepted', answerText: BILL.slice(1) });
  });

  test.each([
    [{ kind: 'creating' }, {}, 'BILL_CREATING'],
    [{ kind: 'none' }, {}, 'NO_BILL_EXIST'],
    [READY, { account_type: 'Pocket' }, 'PARAM_ERROR'],
    [READY, { bill_date: 'today' }, 'PARAM_ERROR'],
  ] as const)('that is %o with %o fails unsigned with %s', async (bill, own, code) => {
    const { merchant } = office(bill);
    const fields = { bill_date: YESTERDAY, account_type: 'Basic', ...own };
    const answer = await merchant.call('/pay/downloadfundflow', fields, {
      signType: 'HMAC-SHA256',
      identity: IDENTITY,
    });
    expect(answer).toMatchObject({
      sign: 'none',
      fields: { return_code: 'SUCCESS', result_code: 'FAIL', err_code: code },
    });
  });

  test('can fail as bare as the one capture', async () => {
    const merchant = createRawMerchant({ switches: { fundFlowFailure: 'bare' } });
    const fields = { bill_date: YESTERDAY, account_type: 'Basic' };
    const answer = await merchant.call('/pay/downloadfundflow', fields, {
      signType: 'HMAC-SHA256',
      identity: IDENTITY,
    });
    expect(answer.fields).toEqual({ return_code: 'FAIL', return_msg: 'Param Error' });
  });
});
