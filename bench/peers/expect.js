/** What is wrong with what a peer saw, where it should have seen these fields; nothing when all is right. */
export function has(seen, wanted) {
  for (const [name, value] of Object.entries(wanted)) {
    const isRight = value instanceof RegExp ? value.test(seen[name] ?? '') : seen[name] === value;
    if (!isRight) return `${name} is ${seen[name] ?? `missing (${seen.refused ?? 'no reason'})`}, not ${value}`;
  }
  return undefined;
}

/** What is wrong with what a peer saw, where it should have been refused for that reason. */
export function refused(seen, code) {
  return code.test(seen.refused ?? '') ? undefined : `not refused with ${code.source}, but ${seen.refused ?? 'done'}`;
}
