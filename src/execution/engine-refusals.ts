import { isEngineError } from '../engine/engine-error.ts';

/** The host port that a refused start could not have, read from the engine's sentence; undefined for other errors. */
export function takenPort(error: unknown): number | undefined {
  const message = messageOf(error);
  if (!/port is already allocated|address already in use/i.test(message)) return undefined;
  const [, port] = /(?:bind for|listen \w+|host port(?: for)?)\s+\S*?:(\d+)\b/i.exec(message) ?? [];
  return port === undefined ? undefined : Number(port);
}

/** The path of a bind mount whose source does not exist. */
export function missingMountSource(error: unknown): string | undefined {
  const message = messageOf(error);
  return (
    /bind source path does not exist: (?<path>.+?)\s*$/m.exec(message)?.groups?.['path'] ??
    /statfs (?<path>.+?): no such file or directory/.exec(message)?.groups?.['path']
  );
}

/** Whether the image that a container is to be made from is not on the engine. */
export function isImageMissing(error: unknown): boolean {
  return isEngineError(error, 'not-found') && /no such image|image not known/i.test(error.message);
}

/** Whether a name is taken by another container, network or volume. */
export function isNameTaken(error: unknown): boolean {
  return isEngineError(error, 'conflict') && /already in use|already exists|is in use by/i.test(error.message);
}

/** Whether a signal could not be delivered because the container's process has ended. */
export function isNotRunning(error: unknown): boolean {
  return isEngineError(error, 'conflict') && /is not running/i.test(error.message);
}

/** Whether a container already has the name that it was to be given. */
export function isSameName(error: unknown): boolean {
  return isEngineError(error) && /same name as its current name/i.test(error.message);
}

/** Whether two networks share the name for a moment, because another process makes the same one. */
export function isAmbiguousNetwork(error: unknown): boolean {
  return isEngineError(error) && /network .* is ambiguous/i.test(error.message);
}

/** Whether a container is on the network already. */
export function isConnectedAlready(error: unknown): boolean {
  return isEngineError(error) && /already exists in network|already connected/i.test(error.message);
}

/** Whether a network still has containers on it. */
export function hasActiveEndpoints(error: unknown): boolean {
  return (
    isEngineError(error) && /active endpoints|has associated containers|network is being used/i.test(error.message)
  );
}

/** Whether the engine has no free subnet left, or the wanted one overlaps another. */
export function isSubnetRefusal(error: unknown): boolean {
  return (
    isEngineError(error) &&
    /pool overlaps|non-overlapping|fully subnetted|subnet .* is already used/i.test(error.message)
  );
}

function messageOf(error: unknown): string {
  return isEngineError(error) ? error.message : '';
}
