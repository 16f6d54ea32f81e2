/** How the command ends: done, refused for certain, used wrongly, or not known. */
export const EXIT_CODE = { done: 0, rejected: 1, wrongUse: 2, unknown: 3 } as const;
