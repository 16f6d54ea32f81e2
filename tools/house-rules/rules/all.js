import { assertions } from './assertions.js';
import { bannedWords } from './banned-words.js';
import { booleanParameters } from './boolean-parameters.js';
import { documentedExports } from './documented-exports.js';
import { folderNames } from './folder-names.js';
import { importDirections } from './import-directions.js';
import { manifests } from './manifests.js';
import { pureCore } from './pure-core.js';
import { sizes } from './sizes.js';
import { testTitles } from './test-titles.js';

/** The house rules, in the order in which they are told. */
export const RULES = [
  importDirections,
  pureCore,
  bannedWords,
  assertions,
  booleanParameters,
  sizes,
  folderNames,
  documentedExports,
  manifests,
  testTitles,
];
