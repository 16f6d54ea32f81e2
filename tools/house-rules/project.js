import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from './syntax.js';

/**
 * What the rules look at: every file of the repository, committed or about to be, by its path from the root.
 * @param {Map<string, () => string>} texts
 */
export function createProject(texts) {
  const files = [...texts].map(([path, read]) => createFile(path, read));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    files,
    /** TypeScript of the packages and the scenarios. */
    sources: files.filter((file) => /^(?:packages\/[^/]+|scenarios)\/src\/.*\.tsx?$/.test(file.path)),
    /** Everything with a syntax tree: packages, scenarios, tools, benchmarks. */
    code: files.filter((file) => /\.(?:ts|tsx|js)$/.test(file.path)),
    find: (path) => byPath.get(path),
  };
}

/** A project of given texts, for tests. */
export const projectOf = (texts) =>
  createProject(new Map(Object.entries(texts).map(([path, text]) => [path, () => text])));

/** The project on disk. Ignored files do not belong to it. */
export function readProject(root) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const paths = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return createProject(new Map(paths.map((path) => [path, () => readFileSync(join(root, path), 'utf8')])));
}

function createFile(path, read) {
  let text;
  let tree;
  return {
    path,
    /** A test, a suite that several tests share, or what only tests use. */
    isTest: /\.(?:test|suite)\.(?:ts|tsx|js)$|\/testing\//.test(path),
    get text() {
      text ??= read();
      return text;
    },
    get tree() {
      tree ??= parse(path, this.text);
      return tree;
    },
  };
}
