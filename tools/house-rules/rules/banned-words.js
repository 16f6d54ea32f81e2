import { lineOf, ts, walk } from '../syntax.js';

/** Where the real clock, the real chance and the environment may be touched. */
const WORLD = [/^packages\/ports\/src\/(?:system-|undici-)[^/]*\.ts$/, /^packages\/server\//];

const WORDS = [
  { word: /^Date\.now$/, better: 'take a Clock and ask its nowMs()', allowed: WORLD },
  { word: /^performance\.now$/, better: 'take a Clock and ask its nowMs()', allowed: WORLD },
  { word: /^Math\.random$/, better: 'take a Random', allowed: WORLD },
  {
    word: /^(?:crypto\.)?(?:randomBytes|randomUUID|randomInt|getRandomValues)$/,
    better: 'take a Random',
    allowed: WORLD,
  },
  { word: /^set(?:Timeout|Interval)$/, better: 'take a Clock and use its after(), or sleep()', allowed: WORLD },
  { word: /^setImmediate$/, better: 'use nextTurn() of @orderkeeper/ports', allowed: WORLD },
  {
    word: /^process\.env$/,
    better: 'take the value as an argument; only the server reads the environment',
    // A test that starts a process hands its own environment on.
    allowed: [...WORLD, /\.test\.ts$/],
  },
  {
    word: /^(?:test|it|describe)(?:\.\w+)*\.(?:only|skip|todo|fails)$/,
    better: 'run every test, and let it pass',
    allowed: [],
  },
];

const COMMENT_WORDS = [
  { word: /\b(?:TODO|FIXME|XXX|HACK)\b/, better: 'do it, or write down in docs/ why not' },
  { word: /@ts-(?:ignore|nocheck)\b/, better: 'make the types say it' },
  {
    word: /@ts-expect-error\b/,
    better: 'make the types say it; only a test may expect a type error',
    inTests: 'allowed',
  },
  {
    word: /\b(?:eslint|oxlint|biome)-(?:disable|ignore)/,
    better: 'obey the rule, or change it in tools/lint for everyone',
  },
];

/** Words that would let the clock, chance or the environment in by a side door, or leave work undone. */
export const bannedWords = {
  name: 'banned-words',
  check: (project) => [
    ...project.sources.flatMap((file) => [...wordsOf(file), ...newDates(file), ...commentsOf(file)]),
    ...project.files.filter(({ path }) => path.endsWith('.sql')).flatMap(sqlClocks),
  ],
};

function wordsOf({ path, tree }) {
  const rows = WORDS.filter(({ allowed }) => !allowed.some((place) => place.test(path)));
  const problems = [];
  walk(tree, (node) => {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
    if (isOnlyAName(node)) return;
    const text = node.getText(tree).replaceAll(/\s|globalThis\./g, '');
    const row = rows.find(({ word }) => word.test(text));
    if (row !== undefined)
      problems.push({ path, line: lineOf(tree, node), message: `\`${text}\` is banned here: ${row.better}` });
  });
  return problems;
}

/** The `after` of `{ after: 1 }` or of `clock.after` is a name of something else. */
function isOnlyAName(node) {
  const { parent } = node;
  if (!ts.isIdentifier(node)) return false;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node;
}

/** `new Date(atMs)` formats an instant; `new Date()` asks the machine's clock. */
function newDates({ path, tree }) {
  if (WORLD.some((place) => place.test(path))) return [];
  const problems = [];
  walk(tree, (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText(tree) !== 'Date' || node.arguments?.length > 0) return;
    problems.push({
      path,
      line: lineOf(tree, node),
      message: '`new Date()` is banned here: take a Clock and ask its nowMs()',
    });
  });
  return problems;
}

function commentsOf({ path, text, isTest, tree }) {
  const rows = COMMENT_WORDS.filter(({ inTests }) => !(isTest && inTests === 'allowed'));
  return commentRanges(tree, text).flatMap(({ pos, end }) =>
    rows
      .map(({ word, better }) => ({ found: word.exec(text.slice(pos, end)), better }))
      .filter(({ found }) => found !== null)
      .map(({ found, better }) => {
        const line = tree.getLineAndCharacterOfPosition(pos + found.index).line + 1;
        return { path, line, message: `\`${found[0]}\` is banned: ${better}` };
      }),
  );
}

function commentRanges(tree, text) {
  const ranges = new Map();
  const add = (found) => found?.forEach((range) => ranges.set(range.pos, range));
  const visit = (node) => {
    add(ts.getLeadingCommentRanges(text, node.getFullStart()));
    add(ts.getTrailingCommentRanges(text, node.getEnd()));
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return [...ranges.values()];
}

function sqlClocks({ path, text }) {
  return text.split('\n').flatMap((content, index) => {
    const found = /\b(?:now\s*\(\)|CURRENT_TIMESTAMP|random\s*\(\))/i.exec(content.replace(/--.*/, ''));
    return found === null
      ? []
      : [{ path, line: index + 1, message: `\`${found[0]}\` is banned: pass the instant as a parameter` }];
  });
}
