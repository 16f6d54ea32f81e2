// The house rules that no compiler knows: node tools/house-rules/run.js
import { fileURLToPath } from 'node:url';
import { installLintTools } from '../lint/install.js';

installLintTools();
const [{ EXCEPTIONS }, { judge }, { readProject }, { RULES }] = await Promise.all([
  import('./exceptions.js'),
  import('./judge.js'),
  import('./project.js'),
  import('./rules/all.js'),
]);

const project = readProject(fileURLToPath(new URL('../..', import.meta.url)));
const problems = judge(project, RULES, EXCEPTIONS);
for (const { path, line, rule, message } of problems) console.log(`${path}:${line} ${rule}: ${message}`);
console.log(`${project.code.length} files, ${RULES.length} house rules, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
