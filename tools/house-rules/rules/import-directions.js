import { dirname, join } from 'node:path/posix';
import { importsOf } from '../imports.js';
import { CLIENT_ONLY, IMPORT_TABLE, REAL_IMPLEMENTATION } from './import-table.js';

/** Scenarios stand beside the packages and import like one that nobody imports. */
const homeOf = (path) => (path.startsWith('scenarios/') ? 'scenarios' : (path.split('/')[1] ?? ''));
const folderOf = (home) => (home === 'scenarios' ? home : `packages/${home}`);

const OURS = /^@orderkeeper\/([^/]+)(\/.+)?$/;

/** Imports go one way, by public entries, between declared packages; the table is in import-table.js. */
export const importDirections = {
  name: 'import-directions',
  check: (project) =>
    project.sources.flatMap((file) =>
      importsOf(file).flatMap((one) => {
        const message = messageOf(project, file, one);
        return message === undefined ? [] : [{ path: file.path, line: one.line, message }];
      }),
    ),
};

function messageOf(project, file, one) {
  const home = homeOf(file.path);
  if (IMPORT_TABLE[home] === undefined)
    return `package ${home} has no row in tools/house-rules/rules/import-table.js: decide what it may import`;
  if (one.kind === 'dynamic') return 'a dynamic import hides a direction: import at the top of the file';
  if (one.from.startsWith('.')) return relativeMessage(file, home, one.from);
  if (one.from.startsWith('node:')) return builtinMessage(file, home, one.from);
  const ours = OURS.exec(one.from);
  if (ours !== null) return oursMessage(project, file, { home, one, target: ours[1], entry: ours[2] });
  return declaredMessage(project, file, { home, from: one.from });
}

function relativeMessage(file, home, from) {
  const target = join(dirname(file.path), from);
  if (!target.startsWith(`${folderOf(home)}/`))
    return `${from} leaves the package: import @orderkeeper/… by its public entry`;
  if (!/\.(?:ts|tsx|json)$/.test(from)) return `${from} has no file ending: write ${from}.ts`;
  if (target === `${folderOf(home)}/src/index.ts` && !file.isTest)
    return 'a package does not import its own index.ts: import the file that declares the name';
  return undefined;
}

function builtinMessage(file, home, from) {
  if (file.isTest) return undefined;
  const { builtins } = IMPORT_TABLE[home];
  if (home === 'ports' && !REAL_IMPLEMENTATION.test(file.path))
    return `${from}: in ports only system-*.ts and undici-*.ts reach for the world`;
  if (builtins === 'any' || builtins.includes(from)) return undefined;
  return `${home} may import of Node only ${builtins.join(', ')}; ${from} must be passed in`;
}

function oursMessage(project, file, { home, one, target, entry }) {
  if (target === home) return `a package imports its own files by relative paths, not as ${one.from}`;
  const { may, inTests = [] } = IMPORT_TABLE[home];
  if (!may.includes(target) && !(file.isTest && inTests.includes(target)))
    return `${home} may not import ${target}: the arrows end at protocol and ports (CONTRIBUTING.md)`;
  const { dependencies = {}, devDependencies = {} } = manifestOf(project, home);
  const declared = file.isTest ? { ...devDependencies, ...dependencies } : dependencies;
  if (declared[`@orderkeeper/${target}`] === undefined) return undeclared(home, one.from);
  const entries = Object.keys(manifestOf(project, target).exports ?? {});
  if (!entries.includes(`.${entry ?? ''}`))
    return `${one.from} is not a public entry of ${target} (${entries.join(', ')})`;
  if (home !== 'simulator' || file.isTest) return undefined;
  const origins = publicOrigins(project, target);
  const foreign = one.names.find((name) => CLIENT_ONLY.test(origins.get(name) ?? ''));
  if (foreign === undefined) return undefined;
  return `${foreign} is the client's reading of the rules (${origins.get(foreign)}): the simulator works on raw fields and has tables of its own`;
}

function declaredMessage(project, file, { home, from }) {
  const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0];
  const { dependencies = {}, devDependencies = {} } = manifestOf(project, home);
  const root = JSON.parse(project.find('package.json')?.text ?? '{}').devDependencies ?? {};
  const declared = file.isTest ? { ...root, ...devDependencies, ...dependencies } : dependencies;
  if (declared[name] === undefined) return undeclared(home, name);
  if (home === 'ports' && !file.isTest && !REAL_IMPLEMENTATION.test(file.path)) {
    return `${from}: in ports only system-*.ts and undici-*.ts reach for the world`;
  }
  return undefined;
}

const undeclared = (home, name) =>
  `${name} is not declared by ${folderOf(home)}/package.json: add it there with its exact version`;

const manifestOf = (project, home) => JSON.parse(project.find(`${folderOf(home)}/package.json`)?.text ?? '{}');

const originsByProject = new WeakMap();

/** For each public name of a package the file that declares it. */
function publicOrigins(project, home) {
  const known = originsByProject.get(project)?.get(home);
  if (known !== undefined) return known;
  const index = project.find(`packages/${home}/src/index.ts`);
  const rows = index === undefined ? [] : importsOf(index);
  const origins = new Map(
    rows.flatMap(({ from, names }) => names.map((name) => [name, join(`packages/${home}/src`, from)])),
  );
  if (!originsByProject.has(project)) originsByProject.set(project, new Map());
  originsByProject.get(project).set(home, origins);
  return origins;
}
