/** What XML 1.0 forbids anywhere, even escaped, except for lone surrogates, which UTF-8 cannot carry. */
export const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** Names of fields are ASCII; WeChat Pay knows no others. */
export const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
