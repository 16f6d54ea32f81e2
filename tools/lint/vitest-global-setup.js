import { installLintTools } from './install.js';

/** The tests of the house rules need the syntax trees of the lint tools; once, before any worker starts. */
export const setup = () => installLintTools();
