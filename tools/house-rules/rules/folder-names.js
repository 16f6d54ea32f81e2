const BANNED = /^(?:utils?|helpers?|common|misc|lib)$/;
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A name says what is inside: no `utils`; kebab-case throughout. */
export const folderNames = {
  name: 'folder-names',
  check: (project) =>
    project.code.flatMap(({ path }) => [...problemsOf(path)].map((message) => ({ path, line: 1, message }))),
};

function* problemsOf(path) {
  const parts = path.split('/');
  const stem = parts.at(-1).split('.')[0];
  for (const name of [...parts.slice(0, -1), stem]) {
    if (BANNED.test(name))
      yield `\`${name}\` says nothing: name it after what it holds, or put the function beside its user`;
  }
  if (!KEBAB_CASE.test(stem)) yield `\`${stem}\` is not in kebab-case; a file is named after its main export`;
}
