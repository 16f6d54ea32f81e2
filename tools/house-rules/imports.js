import { lineOf, ts, walk } from './syntax.js';

const importsByTree = new WeakMap();

/**
 * Every import of a file: `{ from, names, kind, line }`; kind is `value`, `type` or `dynamic`. Re-exports count, and
 * their names are those seen outside; so do `import('x').T` in a type, `require(…)` and `import(…)`.
 */
export function importsOf({ tree }) {
  const known = importsByTree.get(tree);
  if (known !== undefined) return known;
  const found = [];
  walk(tree, (node) => {
    const one = importOf(node);
    if (one !== undefined) found.push({ ...one, line: lineOf(tree, node) });
  });
  importsByTree.set(tree, found);
  return found;
}

function importOf(node) {
  if (ts.isImportDeclaration(node)) return declaredImport(node);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    const elements = node.exportClause?.elements ?? [];
    const kind = node.isTypeOnly || (elements.length > 0 && elements.every((one) => one.isTypeOnly)) ? 'type' : 'value';
    return { from: node.moduleSpecifier.text, names: elements.map((one) => one.name.text), kind };
  }
  if (ts.isImportTypeNode(node))
    return { from: node.argument.literal?.text ?? '', names: [node.qualifier?.getText() ?? ''], kind: 'type' };
  if (ts.isCallExpression(node) && isDynamic(node.expression)) {
    return { from: node.arguments[0]?.text ?? '', names: [], kind: 'dynamic' };
  }
  return undefined;
}

function declaredImport({ moduleSpecifier, importClause }) {
  const bindings = importClause?.namedBindings;
  const elements = bindings !== undefined && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
  const onlyTypes = elements.length > 0 && elements.every((one) => one.isTypeOnly) && importClause.name === undefined;
  return {
    from: moduleSpecifier.text,
    names: elements.map((one) => (one.propertyName ?? one.name).text),
    kind: importClause?.isTypeOnly || onlyTypes ? 'type' : 'value',
  };
}

const isDynamic = (expression) =>
  expression.kind === ts.SyntaxKind.ImportKeyword || /^(?:require|createRequire)$/.test(expression.getText());
