import { printYaml } from '../document/print-yaml.ts';
import type { ConfigFormat } from './render-config.ts';

/** A service of a lock: its name, and its image if it has one. */
export type LockedService = readonly [name: string, image: string | undefined];

/**
 * Renders a file that pins images when it is merged onto the project's own: `config --lock-image-digests` (compose-surface
 * 1.5). In JSON a bound project shows the members that Docker Compose always prints; a raw one does not.
 */
export function renderImageLock(services: readonly LockedService[], format: ConfigFormat, raw: boolean): string {
  const always = format === 'json' && !raw;
  const printed = Object.create(null) as Record<string, object & Readonly<Record<string, string | null>>>;
  for (const [name, image] of services.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    printed[name] = {
      ...(always ? { command: null, entrypoint: null } : {}),
      ...(image === undefined ? {} : { image }),
    };
  }
  const lock = { ...(always ? { name: '' } : {}), services: printed };
  return format === 'json' ? JSON.stringify(lock, undefined, 2) : printYaml(lock);
}
