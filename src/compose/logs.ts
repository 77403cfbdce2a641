import { TopsailError } from '../diagnostics/topsail-error.ts';
import { followLogs } from '../follow/follow-logs.ts';
import type { LogLine } from '../follow/log-line.ts';
import { parseLogTime } from './parse-log-time.ts';
import type { ComposePorts } from './ports.ts';
import { checkServiceNames, type ProjectReference } from './project-reference.ts';
import { ps } from './ps.ts';

/** What `logs` may be told. */
export interface LogsOptions {
  readonly signal?: AbortSignal;
  readonly services?: readonly string[];
  /** Go on until every container has exited. */
  readonly follow?: boolean;
  /** Number of last lines of each container, or `all`. */
  readonly tail?: string;
  /** RFC 3339, seconds since the epoch, or how long ago. */
  readonly since?: string;
  readonly until?: string;
  /** Only this replica of the one service that is named. */
  readonly index?: number;
  /** Told of containers whose log cannot be read. */
  readonly onWarning?: (text: string) => void;
}

/**
 * What a project's containers wrote, merged in the order of time. Services with `attach: false` are left out unless
 * named. Throws `no-such-service`, `usage`, `invalid-time` and EngineError; ends when aborted.
 */
export async function* logs(
  ports: ComposePorts,
  reference: ProjectReference,
  options: LogsOptions = {},
): AsyncGenerator<LogLine, void, undefined> {
  const { services = [], index } = options;
  checkServiceNames(reference, services);
  if (index !== undefined && index > 0 && services.length !== 1) {
    throw new TopsailError('usage', '--index requires one service to be selected');
  }
  const wanted = services.length > 0 ? services : shownServices(reference);
  const now = ports.clock.now();
  yield* followLogs(
    ports,
    {
      project: reference.name,
      ...(wanted === undefined ? {} : { services: wanted }),
      ...(index === undefined || index === 0 ? {} : { containers: await replica(ports, reference, options, index) }),
    },
    {
      signal: options.signal ?? new AbortController().signal,
      follow: options.follow === true,
      ...(options.tail === undefined ? {} : { tail: options.tail }),
      ...(options.since === undefined ? {} : { since: parseLogTime(options.since, now, 'since') }),
      ...(options.until === undefined ? {} : { until: parseLogTime(options.until, now, 'until') }),
      ...(options.onWarning === undefined ? {} : { warn: options.onWarning }),
    },
  );
}

/** All services whose logs are meant to be shown; undefined means no restriction, which orphans need. */
function shownServices({ project }: ProjectReference): readonly string[] | undefined {
  if (project === undefined) return undefined;
  const names = Object.keys(project.services);
  const shown = names.filter((name) => project.services[name]?.attach !== false);
  return shown.length === names.length ? undefined : shown;
}

async function replica(
  ports: ComposePorts,
  reference: ProjectReference,
  options: LogsOptions,
  index: number,
): Promise<readonly string[]> {
  const { services = [], signal } = options;
  const rows = await ps(ports, reference, { all: true, services, ...(signal === undefined ? {} : { signal }) });
  const found = rows.find((row) => row.number === index);
  if (found === undefined) {
    throw new TopsailError(
      'no-such-container',
      `service ${JSON.stringify(services[0] ?? '')} is not running container #${String(index)}`,
    );
  }
  return [found.id];
}
