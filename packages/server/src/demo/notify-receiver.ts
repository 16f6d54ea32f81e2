import { createServer } from 'node:http';
import { type ApiKey, printNoticeReply, readPayNotice } from '@orderkeeper/protocol';

/** The merchant's address for notices, with what came in. */
export interface NotifyReceiver {
  readonly url: string;
  /** The numbers of the orders that verified notices told to be paid. */
  readonly paid: readonly string[];
  readonly close: () => Promise<void>;
}

const BODY_BYTES_MAX = 65_536;

/** Listens on a free port of this machine and answers notices as WeChat Pay expects it. */
export async function openNotifyReceiver(key: ApiKey): Promise<NotifyReceiver> {
  const paid: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_BYTES_MAX) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const notice = readPayNotice(Buffer.concat(chunks), { key });
      if (notice.ok) paid.push(notice.value.payment.outTradeNo);
      const reply = notice.ok
        ? printNoticeReply({ returnCode: 'SUCCESS' })
        : printNoticeReply({ returnCode: 'FAIL', returnMsg: notice.reason });
      response.setHeader('content-type', 'text/xml; charset=utf-8').end(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server listens on a port');
  return {
    url: `http://127.0.0.1:${address.port}/notify`,
    paid,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
