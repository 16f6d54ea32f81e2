import { lineOf, ts, walk } from '../syntax.js';

/** `closeOrder(order, true)` cannot be read: two behaviours are two functions, or a literal such as `{ because: 'expired' }`. */
export const booleanParameters = {
  name: 'boolean-parameters',
  check: (project) => project.sources.flatMap(parametersOf),
};

function parametersOf({ path, tree }) {
  const problems = [];
  walk(tree, (node) => {
    if (!ts.isParameter(node) || !isBoolean(node)) return;
    const message = `parameter \`${node.name.getText()}\` is a boolean: use a named literal such as \`'final' | 'open'\`, or two functions`;
    problems.push({ path, line: lineOf(tree, node), message });
  });
  return problems;
}

function isBoolean({ type, initializer }) {
  if (type !== undefined) return mentionsBoolean(type);
  return initializer !== undefined && isBooleanLiteral(initializer);
}

function mentionsBoolean(type) {
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return true;
  if (ts.isLiteralTypeNode(type)) return isBooleanLiteral(type.literal);
  if (ts.isParenthesizedTypeNode(type)) return mentionsBoolean(type.type);
  return ts.isUnionTypeNode(type) && type.types.some(mentionsBoolean);
}

const isBooleanLiteral = ({ kind }) => kind === ts.SyntaxKind.TrueKeyword || kind === ts.SyntaxKind.FalseKeyword;
