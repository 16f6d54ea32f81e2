/** The names that fill nearly all answers and notices. Others are read as well, only slower. */
export const KNOWN_NAMES = [
  'appid',
  'attach',
  'bank_type',
  'cash_fee',
  'cash_fee_type',
  'code_url',
  'coupon_count',
  'coupon_fee',
  'device_info',
  'err_code',
  'err_code_des',
  'fee_type',
  'is_subscribe',
  'mch_id',
  'mweb_url',
  'nonce_str',
  'openid',
  'out_refund_no',
  'out_trade_no',
  'prepay_id',
  'promotion_detail',
  'refund_fee',
  'refund_id',
  'req_info',
  'result_code',
  'return_code',
  'return_msg',
  'settlement_total_fee',
  'sign',
  'sign_type',
  'sub_appid',
  'sub_is_subscribe',
  'sub_mch_id',
  'sub_openid',
  'time_end',
  'total_fee',
  'trade_state',
  'trade_state_desc',
  'trade_type',
  'transaction_id',
] as const;

/** Known names consist of `_` and small letters, which are near each other in ASCII. */
const COLUMN_FIRST = 0x5f;
const COLUMNS_COUNT = 28;

/** Beginnings of known names are numbered; these are none and the empty one. */
const NOWHERE = 0;
const START = 1;

/** For each beginning a row: which beginning it is with one character more. */
const NEXT = new Uint16Array(COLUMNS_COUNT * (KNOWN_NAMES.join('').length + 2));
/** The known names, each at the number of the beginning that is the whole name. */
const WHOLE: string[] = [];

let beginningsCount = START + 1;
for (const name of KNOWN_NAMES) WHOLE[numberOf(name)] = name;

/** The number of a known name, its beginnings put into the table where they are not there yet. */
function numberOf(name: string): number {
  let beginning = START;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    if (longer(beginning, code) === NOWHERE) {
      NEXT[beginning * COLUMNS_COUNT + code - COLUMN_FIRST] = beginningsCount;
      beginningsCount += 1;
    }
    beginning = longer(beginning, code);
  }
  return beginning;
}

function longer(beginning: number, code: number): number {
  const column = code - COLUMN_FIRST;
  return column >= 0 && column < COLUMNS_COUNT ? (NEXT[beginning * COLUMNS_COUNT + column] ?? NOWHERE) : NOWHERE;
}

/**
 * The known name that `text` has at `start`, which may be the beginning of a longer, unknown one. A name cut out of a
 * document is another text in every message, hashed and compared character by character wherever it is looked up or
 * sorted; a known name is always the same text, and finding it costs no more than finding its end.
 */
export function knownNameAt(text: string, start: number): string | undefined {
  let beginning = START;
  for (let at = start; ; at += 1) {
    const next = longer(beginning, text.charCodeAt(at));
    if (next === NOWHERE) return WHOLE[beginning];
    beginning = next;
  }
}
