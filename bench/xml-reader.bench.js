// Readers of one WeChat Pay answer, side by side:  npx tsc -b packages/protocol && node bench/xml-reader.bench.js
//
// The document is an orderquery answer of 25 fields, most of them in CDATA, as observed. Every reader must give the
// same fields, which is checked first. Rounds alternate between the readers, so that a busy machine hurts all alike.
import { readXml } from '@orderkeeper/protocol';
import { XMLParser } from 'fast-xml-parser';
import { SaxesParser } from 'saxes';

const ROUNDS = 9;
const DOCUMENTS_PER_ROUND = 20_000;

const FIELDS = {
  return_code: 'SUCCESS',
  return_msg: 'OK',
  result_code: 'SUCCESS',
  mch_id: '10000100',
  appid: 'wx2421b1c4370ec43b',
  openid: 'oUpF8uN95-Ptaags6E_roPHg7AG0',
  is_subscribe: 'N',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  bank_type: 'OTHERS',
  total_fee: '100',
  fee_type: 'CNY',
  cash_fee: '90',
  cash_fee_type: 'CNY',
  coupon_fee: '10',
  coupon_count: '1',
  coupon_id_0: '10000',
  coupon_type_0: 'CASH',
  coupon_fee_0: '10',
  transaction_id: '4200000001202212080000000001',
  out_trade_no: '1415757673',
  time_end: '20221208000131',
  trade_state_desc: '支付成功',
  nonce_str: 'TN55wO9Pba5yENl8',
  sign: '8268784A5BB23F0A0D92C1C50CC99C36',
};
const elements = Object.entries(FIELDS).map(([name, value]) =>
  /^[0-9]{1,6}$/.test(value) ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
);
const body = Buffer.from(`<xml>${elements.join('\n')}</xml>`);

/** saxes as strict as ours: no DOCTYPE, one level, no element twice. */
function readWithSaxes(bytes) {
  if (bytes.length > 65_536) throw new Error('too large');
  const fields = new Map();
  let depth = 0;
  let value = '';
  const refuse = (what) => {
    throw what instanceof Error ? what : new Error(what);
  };
  const parser = new SaxesParser();
  parser.on('error', refuse);
  parser.on('doctype', () => refuse('doctype'));
  parser.on('opentag', ({ name }) => {
    depth += 1;
    if (depth > 2 || (depth === 1 && name !== 'xml') || fields.has(name)) refuse('shape');
    value = '';
  });
  parser.on('closetag', ({ name }) => {
    if (depth === 2) fields.set(name, value);
    depth -= 1;
  });
  const onText = (text) => {
    if (depth === 2) value += text;
    else if (text.trim() !== '') refuse('text');
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).close();
  return fields;
}

const fastXmlParser = new XMLParser({ parseTagValue: false, trimValues: false });
const readWithFastXmlParser = (bytes) => {
  const { xml } = fastXmlParser.parse(bytes.toString('utf8'), true);
  const fields = new Map(Object.entries(xml));
  fields.delete('#text');
  return fields;
};

const READERS = {
  'orderkeeper readXml': (bytes) => {
    const document = readXml(bytes);
    if (!document.ok) throw new Error(document.message);
    return document.value;
  },
  'saxes, strict handler': readWithSaxes,
  'fast-xml-parser, validating': readWithFastXmlParser,
};

for (const [name, read] of Object.entries(READERS)) {
  const got = JSON.stringify(Object.fromEntries(read(body)));
  if (got !== JSON.stringify(FIELDS)) throw new Error(`${name} read other fields: ${got}`);
}

function documentsPerSecond(read) {
  const startedMs = performance.now();
  let fieldCount = 0;
  for (let n = 0; n < DOCUMENTS_PER_ROUND; n += 1) fieldCount += read(body).size;
  if (fieldCount !== DOCUMENTS_PER_ROUND * elements.length) throw new Error('fields are missing');
  return (DOCUMENTS_PER_ROUND / (performance.now() - startedMs)) * 1000;
}

const rates = new Map(Object.keys(READERS).map((name) => [name, []]));
for (let round = -1; round < ROUNDS; round += 1) {
  for (const [name, read] of Object.entries(READERS)) {
    const rate = documentsPerSecond(read);
    // The first round only warms up.
    if (round >= 0) rates.get(name)?.push(rate);
  }
}

const medianOf = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ours = medianOf(rates.get('orderkeeper readXml'));
console.log(
  `${body.length} bytes, ${elements.length} fields; medians of ${ROUNDS} rounds of ${DOCUMENTS_PER_ROUND}; Node ${process.version}`,
);
for (const [name, list] of rates) {
  const median = medianOf(list);
  const spread = `${Math.round(Math.min(...list)).toLocaleString('en')} to ${Math.round(Math.max(...list)).toLocaleString('en')}`;
  console.log(
    `${name.padEnd(28)} ${Math.round(median).toLocaleString('en').padStart(9)} documents/s (${spread}), ours is ${(ours / median).toFixed(2)}x`,
  );
}
