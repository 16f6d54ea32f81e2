/** Where notices may go: only to this machine, or anywhere. */
export type NoticeHosts = 'loopback' | 'any';

const LOOPBACK = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[::1\])$/;

/** Says what is wrong with a notify address; `undefined` when a notice may be sent there. */
export function addressFlaw(address: string, hosts: NoticeHosts): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'the notify address is no http or https address';
  if (hosts === 'any' || LOOPBACK.test(url.hostname)) return undefined;
  return `the notify address leads to ${url.hostname}, notices go to this machine only; allow other hosts with noticeHosts: 'any'`;
}
