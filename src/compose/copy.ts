import { lstat, stat } from 'node:fs/promises';
import { basename, posix } from 'node:path';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { CallOptions, Engine, PathStat } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { packPath } from '../source/pack-path.ts';
import { readTar } from '../source/read-tar.ts';
import { unpackTar } from '../source/unpack-tar.ts';
import type { ContainerRow } from './container-row.ts';
import { type CopyDestination, type CopySource, copyPlace, impossible, readWrittenPath } from './copy-place.ts';
import { localDestination, localFaults, notingFault } from './local-files.ts';
import type { ComposePorts } from './ports.ts';
import { ps } from './ps.ts';

/** Which containers of a service files are copied to or from. */
export interface CopyContainers {
  readonly service: string;
  /** Replica number; 0, the default, is all of them, or the first one to copy from. */
  readonly index?: number;
  /** One-off containers too. */
  readonly oneOffs?: boolean;
}

/** What every copy may be told. */
export interface CopyOptions extends CopyContainers {
  /** In the container. */
  readonly containerPath: string;
  /** Absolute, on this machine, with what its end says: `folder/` and `folder/.`. */
  readonly localPath: string;
  /** A link at the source stands for what it leads to. */
  readonly followLink?: boolean;
  /** Into a container: owners are kept. */
  readonly keepOwners?: boolean;
  readonly signal?: AbortSignal;
  /** Looks at both ends and writes nothing. */
  readonly dryRun?: boolean;
  /** Told before and after each container. */
  readonly onStep?: (container: string, step: 'copying' | 'copied') => void;
}

/**
 * Copies a file or a folder of this machine into containers of a service, running or not. Throws `service-without-container`,
 * `copy-impossible`, EngineError and what the file system says.
 */
export async function copyIn(ports: ComposePorts, project: string, options: CopyOptions): Promise<void> {
  const { followLink = false, onStep } = options;
  const { path, contents, asFolder } = readWrittenPath(options.localPath);
  const containers = await containersOf(ports, project, options);
  for (const { name } of containers) onStep?.(name, 'copying');
  const found = await localFaults((followLink || asFolder ? stat : lstat)(path));
  if (asFolder && !found.isDirectory()) throw impossible(`${path} is not a directory`);
  const source: CopySource = { isDirectory: found.isDirectory(), name: basename(path), contents };
  await eachContainer(containers, async ({ id, name }) => {
    const destination = await containerDestination(ports.engine, id, options);
    const place = copyPlace(source, destination);
    if (options.dryRun !== true) {
      const tar = notingFault(packPath(path, { name: place.name, followLink: followLink || asFolder }));
      await ports.engine.containers
        .putArchive(id, place.folder, tar.pieces, unpackOptions(options))
        .catch((error: unknown) => {
          throw tar.fault() ?? error;
        });
    }
    onStep?.(name, 'copied');
  });
}

/** As {@link copyIn}, for an archive that is unpacked in a folder of the first container. */
export async function unpackIn(
  ports: ComposePorts,
  project: string,
  options: Omit<CopyOptions, 'localPath' | 'followLink'> & { readonly tar: AsyncIterable<Uint8Array> },
): Promise<void> {
  const { containerPath, onStep, tar } = options;
  const [container, ...others] = await containersOf(ports, project, options);
  if (container === undefined) return;
  if (others.length > 0)
    throw impossible(
      `service ${options.service} has ${others.length + 1} containers; --index says which one takes the archive`,
    );
  onStep?.(container.name, 'copying');
  const destination = await containerDestination(ports.engine, container.id, options);
  if (destination.kind !== 'directory')
    throw impossible(`destination "${container.name}:${containerPath}" must be a directory`);
  if (options.dryRun !== true)
    await ports.engine.containers.putArchive(container.id, destination.path, tar, unpackOptions(options));
  onStep?.(container.name, 'copied');
}

/**
 * Copies a file or a folder of a container to this machine. Nothing is written outside of the destination, whatever the container
 * sends. Throws as {@link copyIn}.
 */
export async function copyOut(ports: ComposePorts, project: string, options: CopyOptions): Promise<void> {
  const [container] = await containersOf(ports, project, options);
  if (container === undefined) return;
  const { onStep } = options;
  onStep?.(container.name, 'copying');
  const { path, contents, asFolder } = readWrittenPath(options.containerPath);
  const from = await sourceIn(ports.engine, container.id, path, {
    ...callOf(options),
    follow: options.followLink === true || asFolder,
  });
  const isDirectory = from.kind === 'directory';
  if (asFolder && !isDirectory) throw impossible(`${path} is not a directory`);
  const place = copyPlace(
    { isDirectory, name: posix.basename(path), contents },
    await localDestination(options.localPath),
  );
  if (options.dryRun !== true) {
    const entries = readTar(ports.engine.containers.getArchive(container.id, from.path, callOf(options)));
    const isRoot = from.path === '/';
    const placeOf = (entry: string): string => posix.join(place.name, belowTop(entry, isRoot));
    await localFaults(unpackTar(entries, { folder: place.folder, placeOf }));
  }
  onStep?.(container.name, 'copied');
}

/** What is at a path of a container as a tar. Throws as {@link copyOut}. */
export async function packOut(
  ports: ComposePorts,
  project: string,
  options: Omit<CopyOptions, 'localPath'>,
): Promise<AsyncIterable<Uint8Array>> {
  const [container] = await containersOf(ports, project, options);
  if (container === undefined) throw missing(options);
  const call = callOf(options);
  const { path, contents, asFolder } = readWrittenPath(options.containerPath);
  const follow = options.followLink === true || asFolder;
  const from = await sourceIn(ports.engine, container.id, path, { ...call, follow });
  return ports.engine.containers.getArchive(
    container.id,
    contents ? `${posix.join(from.path, '/')}.` : from.path,
    call,
  );
}

function callOf({ signal }: { readonly signal?: AbortSignal }): CallOptions {
  return signal === undefined ? {} : { signal };
}

function unpackOptions({ signal, keepOwners }: Pick<CopyOptions, 'signal' | 'keepOwners'>) {
  return {
    ...(signal === undefined ? {} : { signal }),
    noOverwriteDirNonDir: true,
    ...(keepOwners === true ? { copyUIDGID: true } : {}),
  };
}

async function containersOf(
  ports: ComposePorts,
  project: string,
  options: Omit<CopyOptions, 'localPath'>,
): Promise<readonly ContainerRow[]> {
  const { service, index = 0, oneOffs = false } = options;
  if (options.containerPath === '') throw impossible(`no path in the container: write ${service}:PATH`);
  const reference = { name: project, project: undefined };
  const all = await ps(ports, reference, { services: [service], all: true, ...callOf(options) });
  const chosen = all
    .filter((row) => (index === 0 ? oneOffs || !row.oneOff : row.number === index && !row.oneOff))
    .toSorted((a, b) => (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER));
  if (chosen.length === 0) throw missing(options);
  return chosen;
}

function missing({ service, index = 0 }: CopyContainers): TopsailError {
  const name = JSON.stringify(service);
  const which =
    index === 0 ? `no container found for service ${name}` : `service ${name} has no container #${String(index)}`;
  return new TopsailError('service-without-container', which);
}

/** All at once; the first failure is told once the others have ended. */
async function eachContainer(
  containers: readonly ContainerRow[],
  work: (container: ContainerRow) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled(containers.map(work));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function statOrNothing(
  engine: Engine,
  id: string,
  path: string,
  call: CallOptions,
): Promise<PathStat | undefined> {
  try {
    return await engine.containers.statPath(id, path, call);
  } catch (error) {
    if (isEngineError(error, 'not-found')) return undefined;
    throw error;
  }
}

/** A link at the destination stands for what it leads to. */
async function containerDestination(
  engine: Engine,
  id: string,
  { containerPath, signal }: Pick<CopyOptions, 'containerPath' | 'signal'>,
): Promise<CopyDestination> {
  const call = callOf(signal === undefined ? {} : { signal });
  const written = readWrittenPath(containerPath);
  let path = posix.resolve('/', written.path);
  let found = await statOrNothing(engine, id, path, call);
  if (found?.kind === 'link') {
    path = posix.resolve(posix.dirname(path), found.target);
    found = await statOrNothing(engine, id, path, call);
  }
  const kind = found === undefined ? 'missing' : found.kind === 'directory' ? 'directory' : 'other';
  return { kind, path, parent: posix.dirname(path), name: posix.basename(path), asFolder: written.asFolder };
}

async function sourceIn(
  engine: Engine,
  id: string,
  written: string,
  { follow, ...call }: CallOptions & { readonly follow: boolean },
): Promise<{ readonly path: string; readonly kind: PathStat['kind'] }> {
  const path = posix.resolve('/', written);
  const found = await engine.containers.statPath(id, path, call);
  if (found.kind !== 'link' || !follow) return { path, kind: found.kind };
  const target = posix.resolve(posix.dirname(path), found.target);
  const { kind } = await engine.containers.statPath(id, target, call);
  return { path: target, kind };
}

/** The path of an entry below what was asked for, which is the first name of every entry unless it was the root. */
function belowTop(path: string, isRoot: boolean): string {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.includes('..')) throw new RangeError(`the archive has a path that leads outside: ${path}`);
  return (isRoot ? names : names.slice(1)).join('/');
}
