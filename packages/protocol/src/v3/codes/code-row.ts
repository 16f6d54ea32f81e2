import type { CodeRow } from '../../v2/codes/code-row.ts';

/** One code of one operation of APIv3, with the HTTP status that it is documented to come with. */
export interface V3CodeRow extends CodeRow {
  readonly status: number;
}

/** The codes of one operation, in the spelling with underscores. */
export type V3CodeTable = Readonly<Record<string, V3CodeRow>>;
