import type { BuildNews } from '../engine/builder.ts';
import { type DecodedMessage, decodeMessage } from './protobuf-reader.ts';

/**
 * `moby.buildkit.v1.StatusResponse` as news of the build, in the order in which they make sense. `begins` keeps from call to
 * call when the steps of one build began.
 */
export function decodeStatus(bytes: Uint8Array, begins: Map<string, number>): readonly BuildNews[] {
  const status = decodeMessage(bytes);
  for (const vertex of status.messages(1)) {
    const startedAt = timeOf(vertex.message(5));
    if (startedAt !== undefined) begins.set(vertex.text(1), startedAt);
  }
  const steps = status.messages(1).map(stepNews);
  const isOpen = (news: BuildNews): boolean =>
    news.kind === 'step' && (news.state === 'waiting' || news.state === 'running');
  return [
    ...steps.filter(isOpen),
    ...status.messages(2).map(transferNews),
    ...status.messages(3).map((log) => outputNews(log, begins)),
    ...status.messages(4).map(warningNews),
    // What happened within a step comes before its end.
    ...steps.filter((news) => !isOpen(news)),
  ];
}

function stepNews(vertex: DecodedMessage): BuildNews {
  const startedAt = timeOf(vertex.message(5));
  const endedAt = timeOf(vertex.message(6));
  const error = vertex.text(7);
  return {
    kind: 'step',
    step: vertex.text(1),
    name: vertex.text(3),
    state: stateOf(vertex.flag(4), startedAt, endedAt, error),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(error === '' ? {} : { error }),
  };
}

function stateOf(
  cached: boolean,
  startedAt: number | undefined,
  endedAt: number | undefined,
  error: string,
): Extract<BuildNews, { readonly kind: 'step' }>['state'] {
  if (error !== '') return error.endsWith('context canceled') ? 'canceled' : 'failed';
  if (cached) return 'cached';
  if (endedAt !== undefined) return 'done';
  return startedAt === undefined ? 'waiting' : 'running';
}

function transferNews(status: DecodedMessage): BuildNews {
  const startedAt = timeOf(status.message(7));
  const endedAt = timeOf(status.message(8));
  return {
    kind: 'transfer',
    step: status.text(2),
    part: status.text(1),
    current: status.number(4),
    total: status.number(5),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function outputNews(log: DecodedMessage, begins: ReadonlyMap<string, number>): BuildNews {
  const began = begins.get(log.text(1));
  const at = timeOf(log.message(2));
  return {
    kind: 'output',
    step: log.text(1),
    stream: log.number(3) === 2 ? 'stderr' : 'stdout',
    text: log.text(4),
    ...(at === undefined || began === undefined ? {} : { elapsed: Math.max(0, at - began) }),
  };
}

function warningNews(warning: DecodedMessage): BuildNews {
  const address = warning.text(5);
  const line = warning.messages(7)[0]?.message(1)?.number(1);
  return {
    kind: 'warning',
    text: warning.text(3),
    details: warning.texts(4),
    ...(address === '' ? {} : { address }),
    ...(line === undefined || line === 0 ? {} : { line }),
  };
}

/** `google.protobuf.Timestamp` in milliseconds. */
function timeOf(timestamp: DecodedMessage | undefined): number | undefined {
  return timestamp === undefined ? undefined : timestamp.number(1) * 1000 + timestamp.number(2) / 1e6;
}
