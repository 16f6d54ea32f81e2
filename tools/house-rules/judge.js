/**
 * Runs rules over a project and takes off what the exceptions allow; a file with more than its allowance is shown with
 * all its problems, because nobody can tell which one is new.
 */
export function judge(project, rules, exceptions) {
  const problems = rules.flatMap((rule) => rule.check(project).map((problem) => ({ ...problem, rule: rule.name })));
  const left = problems.filter(({ rule, path }) => {
    const allowance = exceptions.find((one) => one.rule === rule && one.path === path);
    return allowance === undefined || countOf(problems, allowance) > allowance.count;
  });
  const stale = exceptions
    .filter((one) => countOf(problems, one) < one.count)
    .map((one) => ({
      rule: one.rule,
      path: 'tools/house-rules/exceptions.js',
      line: 1,
      message: `the exception for ${one.path} allows ${one.count} and ${countOf(problems, one)} are left: lower it, or remove it at none`,
    }));
  return [...left, ...stale].toSorted((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

const countOf = (problems, { rule, path }) => problems.filter((one) => one.rule === rule && one.path === path).length;
