import { lineOf, ts, walk } from '../syntax.js';

const RUNNERS = new Set(['test', 'it', 'describe']);
const WORDS_MIN = 3;

/** A title is a sentence about behaviour, and no other test of its file has it; so a red line names one thing. */
export const testTitles = {
  name: 'test-titles',
  check: (project) => project.code.filter(({ isTest }) => isTest).flatMap((file) => [...problemsOf(file)]),
};

function* problemsOf({ path, tree }) {
  const lineOfTitle = new Map();
  for (const { node, title, runner } of titlesOf(tree)) {
    if (runner === 'describe') continue;
    const line = lineOf(tree, node);
    const seenAt = lineOfTitle.get(title);
    if (seenAt !== undefined)
      yield { path, line, message: `the title “${title}” is taken by line ${seenAt}: say what is different here` };
    else lineOfTitle.set(title, line);
    if (!isSentence(title))
      yield { path, line, message: `the title “${title}” is no sentence about behaviour: say who does what, when` };
  }
}

function titlesOf(tree) {
  const found = [];
  walk(tree, (node) => {
    if (!ts.isCallExpression(node)) return;
    const runner = runnerOf(node.expression);
    const [first] = node.arguments;
    if (!RUNNERS.has(runner) || first === undefined) return;
    if (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)) {
      found.push({ node, runner, title: first.getText().slice(1, -1) });
    }
  });
  return found;
}

/** `test`, `test.each(rows)`, `describe.each(rows)`. */
function runnerOf(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return runnerOf(expression.expression);
  if (ts.isCallExpression(expression) || ts.isTaggedTemplateExpression(expression)) {
    return runnerOf(expression.expression ?? expression.tag);
  }
  return undefined;
}

function isSentence(title) {
  if (/^should\b/i.test(title)) return false;
  return title.trim().split(/\s+/).length >= WORDS_MIN || /\p{Script=Han}{6}/u.test(title);
}
