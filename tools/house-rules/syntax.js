import { createRequire } from 'node:module';

/**
 * The compiler's parser, for syntax trees. TypeScript 7, which compiles this repository, offers no such API; the older
 * version sits beside the lint tools, where its `tsc` cannot be taken for the real one.
 */
export const ts = createRequire(new URL('../lint/package.json', import.meta.url))('typescript');

/** The syntax tree of a file, with parents set. */
export const parse = (path, text) => ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Calls `visit` for every node below `node`, outer ones first. */
export function walk(node, visit) {
  ts.forEachChild(node, (child) => {
    visit(child);
    walk(child, visit);
  });
}

/** The line of a node, from 1. */
export const lineOf = (tree, node) => tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;

/** How many lines a node covers, its comments left out. */
export function linesOf(tree, node) {
  return tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - lineOf(tree, node);
}
