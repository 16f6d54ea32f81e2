/** What a package publishes: compiled code with its sources for debuggers, and neither tests nor build notes. */
const FILES = ['dist', 'src', '!**/*.test.*', '!**/*.suite.*', '!**/testing', '!**/.tsbuildinfo'];
const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const DEPENDENCY_LISTS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Every package says the same about itself: licence, engine, what it publishes; and names exact versions. */
export const manifests = {
  name: 'manifests',
  check: (project) =>
    project.files
      .filter(({ path }) => /(?:^|\/)package\.json$/.test(path))
      .flatMap((file) => [...problemsOf(project, file)].map((message) => ({ path: file.path, line: 1, message }))),
};

function* problemsOf(project, { path, text }) {
  const manifest = JSON.parse(text);
  for (const list of DEPENDENCY_LISTS) {
    for (const [name, version] of Object.entries(manifest[list] ?? {})) {
      if (!EXACT_VERSION.test(version)) yield `${list}: ${name} is ${version}: name one exact version`;
    }
  }
  if (path.startsWith('packages/')) yield* packageProblems(project, path, manifest);
}

function* packageProblems(project, path, { license, engines, type, files, exports }) {
  const folder = path.slice(0, -'package.json'.length);
  const root = JSON.parse(project.find('package.json').text);
  if (license !== root.license) yield `the license is ${root.license}, as in the root`;
  if (engines?.node !== root.engines.node) yield `engines.node is ${root.engines.node}, as in the root`;
  if (type !== 'module') yield 'the type is module';
  if (JSON.stringify(files) !== JSON.stringify(FILES)) yield `files is ${JSON.stringify(FILES)}`;
  if (project.find(`${folder}LICENSE`) === undefined) yield 'the package has no LICENSE file: copy the one of the root';
  for (const [entry, target] of Object.entries(exports ?? {})) {
    if (!target['orderkeeper-source']?.startsWith('./src/')) {
      yield `exports['${entry}'] has no condition orderkeeper-source, by which tests and tools read sources`;
    }
  }
}
