import { lineOf, ts } from '../syntax.js';

/** Every export has a doc comment where it is declared, and an `index.ts` lists names and nothing else. */
export const documentedExports = {
  name: 'documented-exports',
  check: (project) =>
    project.sources.flatMap((file) => {
      if (/^packages\/[^/]+\/src\/index\.ts$/.test(file.path)) return [...indexProblems(file)];
      return file.isTest ? [] : [...undocumented(file)];
    }),
};

function* indexProblems({ path, tree }) {
  for (const statement of tree.statements) {
    const line = lineOf(tree, statement);
    if (!ts.isExportDeclaration(statement)) {
      yield {
        path,
        line,
        message: 'index.ts lists the public names of its package and nothing else: move this to a file of its own',
      };
    } else if (statement.exportClause === undefined) {
      yield { path, line, message: '`export *` hides what is public: name each export' };
    }
  }
}

/** Overloads, and a type beside a value of the same name, need one comment together. */
function* undocumented({ path, tree }) {
  const exported = tree.statements.filter(isExported).flatMap(named);
  const documented = new Set(exported.filter(({ statement }) => hasDocComment(statement)).map(({ name }) => name));
  for (const { name, statement } of exported) {
    if (documented.has(name)) continue;
    documented.add(name);
    const message = `\`${name}\` has no doc comment: say what it promises, units, failure reasons and the source`;
    yield { path, line: lineOf(tree, statement), message };
  }
}

const isExported = (statement) =>
  ts.canHaveModifiers(statement) &&
  ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;

function named(statement) {
  const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
  return declarations.map(({ name }) => ({ name: name?.getText() ?? 'default', statement }));
}

const hasDocComment = (node) =>
  ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc) && doc.comment !== undefined);
