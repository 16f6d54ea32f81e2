import { lineOf, linesOf, ts, walk } from '../syntax.js';

const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 70;

/** Small enough to be read at once. The body of a `describe` is a list of tests, not a function. */
export const sizes = {
  name: 'sizes',
  check: (project) => project.code.flatMap((file) => [...fileSize(file), ...functionSizes(file)]),
};

function fileSize({ path, text }) {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines <= FILE_LINES_MAX) return [];
  return [
    {
      path,
      line: FILE_LINES_MAX,
      message: `the file has ${lines} lines, at most ${FILE_LINES_MAX}: split it by subject`,
    },
  ];
}

function functionSizes({ path, tree }) {
  const problems = [];
  walk(tree, (node) => {
    if (!ts.isFunctionLike(node) || node.body === undefined || isDescribeBody(node)) return;
    const lines = linesOf(tree, node);
    if (lines <= FUNCTION_LINES_MAX) return;
    const message = `${nameOf(node)} has ${lines} lines, at most ${FUNCTION_LINES_MAX}: name its parts and make them functions`;
    problems.push({ path, line: lineOf(tree, node), message });
  });
  return problems;
}

function nameOf(node) {
  const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return name === undefined ? 'a function' : `\`${name.getText()}\``;
}

/** `describe('…', () => …)`, and `function describeStore(…)` of a suite that several implementations pass. */
function isDescribeBody(node) {
  if (ts.isCallExpression(node.parent)) return /^describe\b/.test(node.parent.expression.getText());
  return (
    node.name !== undefined &&
    /^describe[A-Z]/.test(node.name.getText()) &&
    node.getSourceFile().fileName.endsWith('.suite.ts')
  );
}
