import type { TextMap } from '../../engine/container.ts';
import type { Engine } from '../../engine/engine.ts';
import { tarEnd, tarHeader } from '../../source/tar-entry.ts';
import { CONFIG_HASH_LABEL, ONE_OFF_LABEL } from '../../state/labels.ts';
import { type ContentRoot, tapContentRoot } from './content-root.ts';
import { rebaseArchive } from './rebase-archive.ts';

/** What containers that carry content between volumes are made of. They are never started, so any image will do. */
export interface CarrierOptions {
  readonly engine: Engine;
  /** What marks something as a part of the stack. */
  readonly labels: TextMap;
  /** An image that the engine has. */
  readonly image: string;
  readonly signal: AbortSignal;
  /** Takes the removal of carriers that have done their work, if that need not be waited for yet. */
  readonly later?: (removal: Promise<void>) => void;
}

/** Folder in a carrier where the source is mounted, and with that name the folder of the copy in the target. */
const content = 'content';

/** Folder in a carrier where whatever else is mounted. */
const target = '/target';

/** Copies a volume's whole content, with owners and modes, into the folder `content` of another one; gives what its root was like. */
export async function copyOut(options: CarrierOptions, from: string, to: string): Promise<ContentRoot> {
  let root: ContentRoot | undefined;
  const tap = (archive: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    tapContentRoot(archive, (found) => {
      root = found;
    });
  await carry(
    options,
    { volume: from, at: `/${content}` },
    { volume: to, at: target, unpacked: target, folder: content },
    tap,
  );
  if (root === undefined) throw new TypeError('the engine gave no archive of the volume');
  return root;
}

/** Copies what {@link copyOut} has kept back into an empty volume. */
export async function copyBack(options: CarrierOptions, from: string, to: string): Promise<void> {
  // Mounted below the folder that the archive is named for, so that the volume itself gets the attributes of its root.
  const source = { volume: from, at: target, read: `${target}/${content}` };
  await carry(options, source, { volume: to, at: `/${content}`, unpacked: '/', folder: '.' });
}

/**
 * Pipes an archive from one volume into another. Each has a carrier of its own: an engine that reads an archive from a container locks
 * it until the last byte is read, and takes none for it meanwhile.
 */
async function carry(
  options: CarrierOptions,
  from: { readonly volume: string; readonly at: string; readonly read?: string },
  to: { readonly volume: string; readonly at: string; readonly unpacked: string; readonly folder: string },
  through: (archive: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array> = (archive) => archive,
): Promise<void> {
  const { engine, signal } = options;
  await withCarrier(options, { [from.at]: from.volume }, (source) =>
    withCarrier(options, { [to.at]: to.volume }, async (receiver) => {
      const archive = through(engine.containers.getArchive(source, from.read ?? from.at, { signal }));
      if (engine.description.product === 'docker')
        return engine.containers.putArchive(receiver, to.unpacked, archive, { signal });
      // Podman names what is in a volume otherwise, and finds a volume only if the path leads into it.
      const rebased = rebaseArchive(archive, to.folder);
      return engine.containers.putArchive(receiver, to.at, rebased, { signal, copyUIDGID: true });
    }),
  );
}

/** Fills an empty volume with what an overlay needs: where the kept content is, and folders for what changes. */
export async function layOut(
  options: CarrierOptions,
  scratch: string,
  { kept, root }: { readonly kept: string; readonly root: ContentRoot },
): Promise<void> {
  const { engine, signal } = options;
  const { Mountpoint: folder = '' } = await engine.volumes.inspect(kept, { signal });
  await withCarrier(options, { [target]: scratch }, async (carrier) => {
    await engine.containers.putArchive(carrier, target, layoutArchive(`${folder}/${content}`, root), { signal });
  });
}

/** Names in a scratch volume. */
export const layout = { lower: 'lower', upper: 'upper', work: 'work' } as const;

function layoutArchive(kept: string, root: ContentRoot): Uint8Array {
  const entry = { size: 0, time: 0 };
  const ours = { ...entry, uid: 0, gid: 0 };
  return Buffer.concat([
    tarHeader({ ...entry, ...root, path: `${layout.upper}/`, kind: 'directory' }),
    tarHeader({ ...ours, mode: 0o700, path: `${layout.work}/`, kind: 'directory' }),
    // On the engine's disk, where it leads when the engine mounts it; a relative link would be refused on its way there.
    tarHeader({ ...ours, mode: 0o777, path: layout.lower, kind: 'link', target: kept }),
    tarEnd,
  ]);
}

/** Whether the engine can mount a volume: reading what is in it mounts it. */
export async function isMountable(options: CarrierOptions, volume: string): Promise<boolean> {
  const { engine, signal } = options;
  try {
    await withCarrier(options, { [target]: volume }, async (carrier) => {
      for await (const _ of engine.containers.getArchive(carrier, target, { signal })) break;
    });
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
}

async function withCarrier(
  { engine, labels, image, signal, later }: CarrierOptions,
  mounts: Readonly<Record<string, string>>,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const { id } = await engine.containers.create(
    {
      body: {
        Image: image,
        Cmd: ['never-started'],
        // The hash is what tells a project's containers, which end with it, from those of others.
        Labels: { ...labels, [ONE_OFF_LABEL]: 'True', [CONFIG_HASH_LABEL]: 'checkpoint' },
        HostConfig: {
          NetworkMode: 'none',
          Mounts: Object.entries(mounts).map(([Target, Source]) => ({
            Type: 'volume',
            Source,
            Target,
            VolumeOptions: { NoCopy: true },
          })),
        },
      },
    },
    { signal },
  );
  try {
    await work(id);
  } finally {
    const removal = engine.containers.remove(id, { force: true, volumes: true });
    if (later === undefined) await removal;
    else later(removal);
  }
}
