import { unreachable } from '../diagnostics/unreachable.ts';
import type { BuildNews } from '../engine/builder.ts';
import type { EventBody, NodeIdentity } from '../events/event.ts';

/** News of a build as an event of its node. */
export function buildEvent(news: BuildNews, identity: NodeIdentity): EventBody {
  switch (news.kind) {
    case 'step': {
      const { step, name, state, startedAt, endedAt, error } = news;
      const duration = startedAt === undefined || endedAt === undefined ? undefined : endedAt - startedAt;
      return {
        type: 'build-step',
        ...identity,
        step,
        title: name,
        state,
        ...(duration === undefined ? {} : { duration }),
        ...(error === undefined ? {} : { text: error }),
      };
    }
    case 'output':
      return {
        type: 'build-output',
        ...identity,
        step: news.step,
        stream: news.stream,
        text: news.text,
        ...(news.elapsed === undefined ? {} : { elapsed: news.elapsed }),
      };
    case 'transfer': {
      const { step, part, current, total, startedAt, endedAt } = news;
      return {
        type: 'build-transfer',
        ...identity,
        step,
        part,
        current,
        ...(total === 0 ? {} : { total }),
        ...(startedAt === undefined || endedAt === undefined ? {} : { duration: endedAt - startedAt }),
      };
    }
    case 'warning': {
      const place = news.line === undefined ? '' : ` (line ${news.line})`;
      const service = identity.service === undefined ? {} : { service: identity.service };
      return { type: 'warning', text: `${news.text}${place}`, ...service };
    }
    default:
      return unreachable(news);
  }
}
