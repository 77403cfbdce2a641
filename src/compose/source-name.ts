import type { LogSource } from '../events/event.ts';

/**
 * The name a log line is shown with: the container's without the project if it has the default form `PROJECT-SERVICE-N`,
 * else the whole one (compose-surface 2.6).
 */
export function sourceName(project: string, source: LogSource): string {
  const { service, replica } = source;
  // One that is taking another one's place has its name still to come.
  const container = source.container.replace(/^[0-9a-f]{12}_/, '');
  for (const separator of ['-', '_']) {
    if (container === [project, service, String(replica)].join(separator))
      return `${service}${separator}${String(replica)}`;
  }
  return container;
}
