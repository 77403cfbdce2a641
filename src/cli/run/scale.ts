import type { ScaleFlags } from '../commands/scale.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';
import { bringUp } from './up.ts';

/** Sets numbers of containers as `up` would, and returns. */
export async function runScale(session: Session, specifiers: readonly string[], flags: ScaleFlags): Promise<number> {
  const services = specifiers.map(serviceOf);
  return bringUp(session, 'scale', [...new Set(services)], {
    detach: true,
    scale: specifiers,
    withoutAttach: [],
    ...(flags.deps === undefined ? {} : { deps: flags.deps }),
  });
}

function serviceOf(specifier: string): string {
  const equals = specifier.indexOf('=');
  if (equals <= 0) throw usageError(`invalid scale specifier: ${specifier}`);
  if (!/^\d+$/.test(specifier.slice(equals + 1))) {
    throw usageError(`invalid scale specifier: can't parse replica value as int: ${specifier}`);
  }
  return specifier.slice(0, equals);
}
