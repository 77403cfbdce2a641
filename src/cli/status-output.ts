import { isTrue } from '../source/environment-switch.ts';
import type { Host, HostOutput } from './host.ts';

/** Where progress goes: stderr, or stdout if COMPOSE_STATUS_STDOUT says so (compose-surface 1.3). */
export function statusOutput({ environment, stdout, stderr }: Host): HostOutput {
  return isTrue(environment['COMPOSE_STATUS_STDOUT']) ? stdout : stderr;
}
