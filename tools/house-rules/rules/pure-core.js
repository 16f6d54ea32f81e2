import { dirname, join } from 'node:path/posix';
import { importsOf } from '../imports.js';
import { lineOf, ts, walk } from '../syntax.js';

const CORE = /^packages\/[^/]+\/src\/core\//;

/** A decision in `core/` is a function of its arguments: no promise, no clock, no chance, nothing imported that has them. */
export const pureCore = {
  name: 'pure-core',
  check: (project) =>
    project.sources
      .filter(({ path, isTest }) => CORE.test(path) && !isTest)
      .flatMap((file) => [...importProblems(file), ...waitingProblems(file)]),
};

function importProblems(file) {
  const [core] = CORE.exec(file.path);
  return importsOf(file)
    .filter(({ from, kind }) => kind !== 'type' && from !== '@orderkeeper/protocol' && !isIn(core, file.path, from))
    .map(({ from, line }) => ({
      path: file.path,
      line,
      message: `core/ takes values only from core/ and @orderkeeper/protocol, not from ${from}: pass in what it gives, or import its type only`,
    }));
}

const isIn = (core, path, from) => from.startsWith('.') && join(dirname(path), from).startsWith(core);

function waitingProblems({ path, tree }) {
  const problems = [];
  walk(tree, (node) => {
    const word = waitingWord(node);
    if (word === undefined) return;
    const message = `\`${word}\` in core/: decide here, let the caller wait and ask the clock`;
    problems.push({ path, line: lineOf(tree, node), message });
  });
  return problems;
}

function waitingWord(node) {
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isAwaitExpression(node)) return 'await';
  if (ts.isIdentifier(node) && /^(?:Promise|Clock|Random)$/.test(node.text)) return node.text;
  return undefined;
}
