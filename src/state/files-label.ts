import type { TextMap } from '../engine/container.ts';
import { LOGINS_FILE } from './api-socket.ts';
import { hashOfText } from './config-hash.ts';
import type { InjectedFile } from './desired-state.ts';
import type { FieldChange } from './field-change.ts';
import { FILES_LABEL } from './labels.ts';

/** Digits of a hash: enough to see a change, too few to try contents against. */
const digits = 12;

/**
 * What a container is marked with if configs or secrets are copied into it: a JSON object of their paths and hashes of what
 * they are, as the hash of the configuration says nothing of contents. Logins change by themselves and do not count.
 */
export function filesLabel(files: readonly InjectedFile[]): TextMap {
  const hashes = files
    .filter(({ path }) => path !== LOGINS_FILE)
    .map(({ path, content, mode, uid, gid }): readonly [string, string] => [
      path,
      hashOfText(JSON.stringify([path, content, mode, uid, gid])).slice(0, digits),
    ]);
  return hashes.length === 0 ? {} : { [FILES_LABEL]: JSON.stringify(Object.fromEntries(hashes)) };
}

/** The copied files whose content a container does not have; undefined if it does not say what it has. */
export function fileChanges(wanted: TextMap, actual: TextMap): readonly FieldChange[] | undefined {
  const [before, after] = [readHashes(actual[FILES_LABEL]), readHashes(wanted[FILES_LABEL])];
  if (before === undefined) return after === undefined ? [] : undefined;
  return [...(after ?? [])]
    .filter(([path, hash]) => before.get(path) !== hash)
    .map(([path, hash]) => ({ path: `content of ${path}`, before: before.get(path), after: hash, secret: true }));
}

function readHashes(label: string | undefined): ReadonlyMap<string, string> | undefined {
  if (label === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(label);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.map(([path, hash]) => [path, String(hash)]));
  } catch {
    return undefined;
  }
}
