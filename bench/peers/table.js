const SHOWN = [
  'refused',
  'lacks',
  'trade_state',
  'sub_orders.0.trade_state',
  'refund_status_0',
  'status',
  'refund_id',
  'code_url',
  'result_code',
];

/** One line for each peer: how many steps it took, and how many of them showed what WeChat Pay shows. */
export function printSummary(stories) {
  const rows = stories.map(({ peer, protocol, absent, steps = [] }) => {
    if (absent !== undefined) return [peer, protocol, `not run: ${absent}`];
    const taken = steps.filter(({ isStage, seen }) => !isStage && seen.lacks === undefined);
    const wrong = steps.filter((step) => step.wrong !== undefined);
    const missing = [...new Set(steps.flatMap(({ seen }) => seen.lacks ?? []))];
    const verdict = wrong.length === 0 ? 'agrees' : `✗ ${wrong.length} wrong`;
    return [
      peer,
      protocol,
      `${taken.length} steps`,
      verdict,
      missing.length > 0 ? `(lacks ${missing.join(', ')})` : '',
    ];
  });
  return [...columns(rows), '', ...stories.flatMap(complaints)].join('\n').trimEnd();
}

/** For each protocol one line for each step, one column for each peer. */
export function printSteps(stories) {
  return ['v2', 'v3'].flatMap((protocol) => {
    const present = stories.filter((story) => story.protocol === protocol && story.absent === undefined);
    const names = [...new Set(present.flatMap(({ steps }) => steps.filter(isShown).map(({ name }) => general(name))))];
    const rows = names.map((name) => [
      name,
      ...present.map(({ steps }) => cell(steps.find((step) => general(step.name) === name))),
    ]);
    return ['', ...columns([['', ...present.map(({ peer }) => peer)], ...rows])];
  });
}

const isShown = ({ isStage, wrong }) => !isStage || wrong !== undefined;

/** Steps of different peers differ in the numbers of their orders. */
const general = (name) => name.replace(/V3-[0-9]+-/, '');

function columns(rows) {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((text, column) => text + ' '.repeat(widths[column] - widthOf(text)))
      .join('  ')
      .trimEnd(),
  );
}

/** A Chinese character is two columns wide in a terminal. */
const widthOf = (text) => text.length + (text.match(/[\u3000-\u9fff\uff00-\uff60]/g)?.length ?? 0);

function cell(step) {
  if (step === undefined) return '';
  const { seen, wrong } = step;
  const shown = SHOWN.find((name) => seen[name] !== undefined);
  const text = shown === 'lacks' ? '–' : String(seen[shown] ?? 'done').slice(0, 22);
  return `${wrong === undefined ? ' ' : '✗'} ${text}`;
}

const complaints = ({ peer, steps = [] }) =>
  steps.flatMap(({ name, wrong }) => (wrong === undefined ? [] : [`${peer}: ${name}: ${wrong}`]));
