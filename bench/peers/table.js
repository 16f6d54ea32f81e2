const SHOWN = ['refused', 'trade_state', 'refund_status_0', 'refund_id', 'code_url', 'result_code'];

/** One line for each step, one column for each peer; what is wrong follows below. */
export function printStories(stories) {
  const present = stories.filter(({ absent }) => absent === undefined);
  const names = present[0]?.steps.map(({ name }) => name) ?? [];
  const rows = names.map((name, index) => [name, ...present.map(({ steps }) => cell(steps[index]))]);
  const table = [['', ...present.map(({ peer }) => peer)], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => widthOf(row[column]))));
  const lines = table.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', ...stories.flatMap(remarks)].join('\n');
}

/** A Chinese character is two columns wide in a terminal. */
const widthOf = (text) => text.length + (text.match(/[\u3000-\u9fff\uff00-\uff60]/g)?.length ?? 0);

function cell({ seen, wrong }) {
  const shown = SHOWN.find((name) => seen[name] !== undefined);
  const text = (seen[shown] ?? 'done').slice(0, 22);
  return `${wrong === undefined ? ' ' : '✗'} ${text}`;
}

function remarks({ peer, absent, steps = [] }) {
  if (absent !== undefined) return [`${peer}: not run, ${absent}`];
  const wrong = steps.filter((step) => step.wrong !== undefined);
  if (wrong.length === 0) return [`${peer}: saw what WeChat Pay shows, in all ${steps.length} steps`];
  return wrong.map((step) => `${peer}: ${step.name}: ${step.wrong}`);
}
