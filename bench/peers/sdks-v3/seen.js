/** What the user of an SDK sees of an answer: every member under its path, `amount.total`. */
export function flat(value, path = '') {
  if (typeof value !== 'object' || value === null) return path === '' || value === null ? {} : { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, part]) => flat(part, path === '' ? name : `${path}.${name}`)),
  );
}

/** What it sees of an error: the code that WeChat Pay gave, else the SDK's own words. */
export const refusedWith = (answer, words) => ({ refused: answer?.code ?? words });

/** The SDK has nothing of that kind. */
export const lacks = (what) => ({ lacks: what });
