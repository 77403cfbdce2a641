import type { TopsailEvent } from '../events/event.ts';
import { sourceName } from './source-name.ts';

/**
 * The name under which a line that a hook wrote is shown (compose-surface 2.6): `web-1 ->`, `web pre_start[0] ->`. Undefined
 * for other events.
 */
export function hookSource(project: string, event: TopsailEvent): string | undefined {
  if (event.type !== 'node-progress') return undefined;
  const { operation, name, service = '', address } = event;
  if (operation === 'run-pre-start') return `${name} ->`;
  if (operation !== 'run-hook') return undefined;
  const replica = Number(address.split(':')[2] ?? 0);
  return `${sourceName(project, { service, replica, container: name })} ->`;
}
