import { dirname, join } from 'node:path/posix';
import { lineOf, ts } from '../syntax.js';

/** Every public name has a doc comment where it is declared, and an `index.ts` lists names and nothing else. */
export const documentedExports = {
  name: 'documented-exports',
  check: (project) =>
    project.sources
      .filter(({ path }) => /^packages\/[^/]+\/src\/index\.ts$/.test(path))
      .flatMap((index) => [...problemsOf(project, index)]),
};

function* problemsOf(project, { path, tree }) {
  for (const statement of tree.statements) {
    const line = lineOf(tree, statement);
    if (!ts.isExportDeclaration(statement)) {
      yield {
        path,
        line,
        message: 'index.ts lists the public names of its package and nothing else: move this to a file of its own',
      };
    } else if (statement.moduleSpecifier !== undefined && statement.exportClause === undefined) {
      yield { path, line, message: '`export *` hides what is public: name each export' };
    } else if (statement.moduleSpecifier !== undefined) {
      const from = join(dirname(path), statement.moduleSpecifier.text);
      for (const { name, propertyName } of statement.exportClause.elements) {
        yield* undocumented(project, from, (propertyName ?? name).text);
      }
    }
  }
}

/** Follows re-exports to the declaration. Overloads and a type beside a value of the same name need one comment together. */
function* undocumented(project, path, name) {
  const file = project.find(path);
  if (file === undefined) return;
  const declarations = declarationsOf(file.tree, name);
  if (declarations.some(hasDocComment)) return;
  const [first] = declarations;
  if (first !== undefined) {
    const message = `\`${name}\` is public and has no doc comment: say what it promises, units, failure reasons and the source`;
    yield { path, line: lineOf(file.tree, first), message };
    return;
  }
  const next = reExportOf(file.tree, name);
  if (next !== undefined) yield* undocumented(project, join(dirname(path), next.from), next.name);
}

function declarationsOf(tree, name) {
  return tree.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some((one) => one.name.getText() === name) ? [statement] : [];
    }
    return statement.name?.text === name ? [statement] : [];
  });
}

function reExportOf(tree, name) {
  for (const statement of tree.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) continue;
    const element = statement.exportClause?.elements?.find((one) => one.name.text === name);
    if (element !== undefined) {
      return { from: statement.moduleSpecifier.text, name: (element.propertyName ?? element.name).text };
    }
  }
  return undefined;
}

const hasDocComment = (node) =>
  ts.getJSDocCommentsAndTags(node).some((doc) => ts.isJSDoc(doc) && doc.comment !== undefined);
