import type { BuildNews } from '../engine/builder.ts';

/** A line of `--progress rawjson`: BuildKit's status, times as texts, bytes in base64. */
interface StatusLine {
  readonly vertexes?: readonly Vertex[];
  readonly statuses?: readonly {
    readonly id: string;
    readonly vertex: string;
    readonly current: number;
    readonly total?: number;
    readonly started?: string;
    readonly completed?: string;
  }[];
  readonly logs?: readonly { readonly vertex: string; readonly stream?: number; readonly data: string }[];
  readonly warnings?: readonly {
    readonly short: string;
    readonly detail?: readonly string[];
    readonly url?: string;
    readonly range?: readonly { readonly start?: { readonly line?: number } }[];
  }[];
}

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly started?: string;
  readonly completed?: string;
  readonly cached?: boolean;
  readonly error?: string;
}

type StepNews = Extract<BuildNews, { readonly kind: 'step' }>;

/** What a line of `--progress rawjson` tells; undefined if it is no such line but words. */
export function readBuildxLine(line: string): readonly BuildNews[] | undefined {
  const status = parsed(line);
  if (status === undefined) return undefined;
  const steps = (status.vertexes ?? []).map(stepNews);
  const isOpen = ({ state }: StepNews): boolean => state === 'waiting' || state === 'running';
  return [
    ...steps.filter(isOpen),
    ...(status.statuses ?? []).map(({ id, vertex, current, total = 0, started, completed }) => ({
      kind: 'transfer' as const,
      step: vertex,
      part: id,
      current,
      total,
      ...times(started, completed),
    })),
    ...(status.logs ?? []).map(({ vertex, stream, data }) => ({
      kind: 'output' as const,
      step: vertex,
      stream: stream === 2 ? ('stderr' as const) : ('stdout' as const),
      text: plain(data),
    })),
    ...(status.warnings ?? []).map(({ short, detail = [], url, range }) => {
      const at = range?.[0]?.start?.line;
      return {
        kind: 'warning' as const,
        text: plain(short),
        details: detail.map(plain),
        ...(url === undefined ? {} : { address: url }),
        ...(at === undefined ? {} : { line: at }),
      };
    }),
    ...steps.filter((step) => !isOpen(step)),
  ];
}

function parsed(line: string): StatusLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as StatusLine;
  } catch {
    return undefined;
  }
}

function stepNews({ digest, name, started, completed, cached, error }: Vertex): StepNews {
  return {
    kind: 'step',
    step: digest,
    name,
    state: stateOf(started, completed, cached === true, error),
    ...times(started, completed),
    ...(error === undefined || error === '' ? {} : { error }),
  };
}

function stateOf(
  started: string | undefined,
  completed: string | undefined,
  cached: boolean,
  error: string | undefined,
): StepNews['state'] {
  if (error !== undefined && error !== '') return error.endsWith('context canceled') ? 'canceled' : 'failed';
  if (cached) return 'cached';
  if (completed !== undefined) return 'done';
  return started === undefined ? 'waiting' : 'running';
}

function times(
  started: string | undefined,
  completed: string | undefined,
): { readonly startedAt?: number; readonly endedAt?: number } {
  return {
    ...(started === undefined ? {} : { startedAt: Date.parse(started) }),
    ...(completed === undefined ? {} : { endedAt: Date.parse(completed) }),
  };
}

function plain(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
