import { lineOf, ts, walk } from '../syntax.js';

/** A type assertion claims what nobody checked: no `as` (except `as const`), no `!`, no `any`. */
export const assertions = {
  name: 'assertions',
  check: (project) => project.sources.flatMap(assertionsOf),
};

function assertionsOf({ path, tree }) {
  const problems = [];
  walk(tree, (node) => {
    const message = messageOf(node);
    if (message !== undefined) problems.push({ path, line: lineOf(tree, node), message });
  });
  return problems;
}

function messageOf(node) {
  if (ts.isAsExpression(node) && node.type.getText() !== 'const') {
    return `\`as ${node.type.getText()}\`: parse the value, narrow it by a type guard, or declare the type where it is made (\`satisfies\`)`;
  }
  if (ts.isTypeAssertionExpression(node)) return 'a type assertion: parse the value or narrow it by a type guard';
  if (ts.isNonNullExpression(node)) return '`!`: handle the missing case, even if only by throwing with a reason';
  if (node.kind === ts.SyntaxKind.AnyKeyword) return '`any`: use `unknown` and narrow it, or a type parameter';
  return undefined;
}
