/**
 * A text of what XML 1.0 allows. Everything else is forbidden even escaped, except for lone surrogates, which UTF-8
 * cannot carry. Looking for what is forbidden in a whole document would take a third longer than this.
 */
export const ALLOWED = /^[\t\n\r -\ufffd]*$/;

/** Names of fields are ASCII; WeChat Pay knows no others. */
export const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
