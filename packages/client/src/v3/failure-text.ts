import type { V3Failure } from '@orderkeeper/protocol';

/**
 * A failure in one line: WeChat Pay's sentence, then what else it tells that helps: where the request was wrong, what the
 * sub-code means, what the gateway verified in the place of what we signed, and the number that its support asks for.
 */
export function failureText({ description, detail, subCode, requestId }: V3Failure): string {
  const { field, issue, signedText } = detail ?? {};
  const more = [
    field,
    issue,
    subCode === undefined ? undefined : `sub-code ${subCode.subCode}: ${subCode.meaning}`,
    signedText === undefined ? undefined : `the gateway verified ${JSON.stringify(signedText)}`,
    requestId === undefined ? undefined : `Request-ID ${requestId}`,
  ].filter((part) => part !== undefined);
  return more.length === 0 ? description : `${description} (${more.join('; ')})`;
}
