import type { WorldEvent } from '../world.ts';
import { attempt, type Delivery, type DeliveryMeans, recordOf, stop } from './delivery.ts';
import type { NoticeRecord } from './notice-record.ts';
import type { NoticeSubject } from './notice-text.ts';

/** Tells merchants of payments and refunds, again and again until they answer. */
export interface NoticeOffice {
  /** Oldest first. */
  readonly list: () => readonly NoticeRecord[];
  /** Sends a notice once more, whatever became of it; answers when that try has ended. */
  readonly replay: (id: string) => Promise<NoticeRecord | 'not-found'>;
  /** Resolves when no message is under way; each is for five seconds of the base clock at most. */
  readonly settled: () => Promise<void>;
  /** Forgets all notices; nothing more is sent. */
  readonly clear: () => void;
}

/** Creates an office that listens to the events of its world. */
export function createNoticeOffice(options: Omit<DeliveryMeans, 'track'>): NoticeOffice {
  const { world } = options;
  const deliveries = new Map<string, Delivery>();
  const underWay = new Set<Promise<void>>();
  let count = 0;
  const means: DeliveryMeans = {
    ...options,
    track: (work) => {
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
  };

  world.events.on((event) => {
    const news = newsOf(event);
    if (news === undefined) return;
    const about = { id: `N${++count}`, ...news.about, createdAtMs: world.clock.nowMs() };
    const delivery: Delivery = {
      about,
      subject: news.subject,
      tries: [],
      state: 'waiting',
      rung: 0,
      cancelNext: () => {},
    };
    deliveries.set(about.id, delivery);
    void attempt(delivery, 'event', means);
  });

  return {
    list: () => [...deliveries.values()].map(recordOf),
    replay: async (id) => {
      const delivery = deliveries.get(id);
      if (delivery === undefined) return 'not-found';
      await attempt(delivery, 'replay', means);
      return recordOf(delivery);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    clear: () => {
      for (const delivery of deliveries.values()) stop(delivery, 'stopped');
      deliveries.clear();
    },
  };
}

interface News {
  readonly about: Pick<NoticeRecord, 'kind' | 'mchid' | 'outTradeNo' | 'outRefundNo' | 'url'>;
  readonly subject: NoticeSubject;
}

/** Micropay and refunds without an address are told to nobody. */
function newsOf(event: WorldEvent): News | undefined {
  switch (event.kind) {
    case 'paid': {
      const { order } = event;
      const { mchid, outTradeNo, notifyUrl: url } = order;
      return url === ''
        ? undefined
        : { about: { kind: 'pay', mchid, outTradeNo, url }, subject: { kind: 'pay', order } };
    }
    case 'combine-paid': {
      const { combine, orders } = event;
      const { mchid, outTradeNo } = combine;
      const about = { kind: 'combine', mchid, outTradeNo, url: orders[0]?.notifyUrl ?? '' } as const;
      return { about, subject: { kind: 'combine', combine, orders } };
    }
    case 'echo': {
      const { kind, mchid, url, ...subject } = event;
      return { about: { kind, mchid, outTradeNo: '', url }, subject: { kind, ...subject } };
    }
    case 'refund-final': {
      const { order, refund } = event;
      if (refund.notifyUrl === '') return undefined;
      const { mchid, outTradeNo } = order;
      const about = {
        kind: 'refund',
        mchid,
        outTradeNo,
        outRefundNo: refund.outRefundNo,
        url: refund.notifyUrl,
      } as const;
      return { about, subject: { kind: 'refund', order, refund } };
    }
  }
}
