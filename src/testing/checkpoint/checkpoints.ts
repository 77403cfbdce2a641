import type { ComposePorts } from '../../compose/ports.ts';
import { up } from '../../compose/up.ts';
import type { UpOptions } from '../../compose/up-options.ts';
import { TopsailError } from '../../diagnostics/topsail-error.ts';
import type { VolumeInspect } from '../../engine/resource.ts';
import type { Project } from '../../project/project.ts';
import { stackLabels } from '../stack-labels.ts';
import type { ContentRoot } from './content-root.ts';
import { replaceVolume } from './replace-volume.ts';
import { derivedName, type StackVolume, type VolumeUser, volumeUsers } from './stack-volumes.ts';
import { type CarrierOptions, copyOut, layOut } from './volume-content.ts';
import { withNamedMount } from './with-named-mount.ts';

/** What checkpoints of a stack work with. */
export interface CheckpointSubject {
  readonly ports: ComposePorts;
  readonly options: UpOptions;
  /** The project as it runs now; a reset may give anonymous volumes a name in it. */
  project: Project;
}

/** The kept content of one volume. */
interface Kept {
  readonly volume: StackVolume;
  /** The volume that holds it. */
  readonly store: string;
  readonly root: ContentRoot;
}

/** A volume that is an overlay over kept content: what changes in it goes to `scratch`. */
interface Overlay {
  readonly scratch: string;
  /** The volume that holds the kept content. */
  readonly store: string;
}

/**
 * Keeps the content of a stack's volumes under names and brings it back. A volume is brought back by an overlay over the kept content
 * whose changes are thrown away, so that the time does not grow with the content; where the engine cannot mount overlays, by a copy.
 */
export class Checkpoints {
  readonly #subject: CheckpointSubject;
  readonly #kept = new Map<string, readonly Kept[]>();
  readonly #overlays = new Map<string, Overlay>();
  readonly #stores = new Set<string>();
  /** Each checkpoint has stores of its own: an overlay may still lie over those of an earlier one with the same name. */
  #count = 0;
  /** Whether the engine could not mount an overlay: it is not asked again. */
  #onlyCopies = false;

  constructor(subject: CheckpointSubject) {
    this.#subject = subject;
  }

  /** Keeps what the volumes hold now. Services that use them are stopped in the meantime. Throws as `up`, and EngineError. */
  async checkpoint(name: string, signal: AbortSignal): Promise<void> {
    const users = await this.#users(signal);
    requireNamedWhereScaled(users);
    await this.#stop(users, undefined, signal);
    this.#count += 1;
    const kept = await Promise.all(
      volumesOf(users).map(async ({ volume, image }): Promise<Kept> => {
        const store = derivedName(this.#subject.project.name, volume.name, `${name} ${this.#count}`);
        await this.#makeVolume(store, signal);
        this.#stores.add(store);
        return { volume, store, root: await copyOut(this.#carrier(image, signal), volume.name, store) };
      }),
    );
    this.#kept.set(name, kept);
    await Promise.all([this.#forget(signal), this.#start(users, signal)]);
  }

  /** Brings back what the volumes held at a checkpoint. Throws `no-such-checkpoint`, as `up`, and EngineError. */
  async reset(name: string, signal: AbortSignal): Promise<void> {
    const kept = this.#kept.get(name);
    if (kept === undefined) throw noSuchCheckpoint(name, [...this.#kept.keys()]);
    const users = await this.#users(signal);
    // What they would still write is thrown away.
    await this.#stop(users, 0, signal);
    const image = users[0]?.image ?? '';
    const known = kept.filter(({ volume }) => this.#overlays.has(volume.name));
    const plain = kept.filter(({ volume }) => !this.#overlays.has(volume.name));
    if (plain.length > 0) await this.#convert(plain, users, signal);
    const removals: Promise<void>[] = [];
    const later = (removal: Promise<void>): void => {
      removal.catch(() => undefined);
      removals.push(removal);
    };
    try {
      await Promise.all(known.map((one) => this.#layAnew(one, { ...this.#carrier(image, signal), later })));
      await Promise.all([this.#forget(signal), this.#start(users, signal)]);
    } finally {
      await Promise.all(removals);
    }
  }

  /** Removes what was kept and is neither a checkpoint any more nor below an overlay. */
  async #forget(signal: AbortSignal): Promise<void> {
    const needed = new Set([
      ...[...this.#kept.values()].flatMap((kept) => kept.map(({ store }) => store)),
      ...[...this.#overlays.values()].map(({ store }) => store),
    ]);
    const stale = [...this.#stores].filter((store) => !needed.has(store));
    await Promise.all(stale.map((store) => this.#subject.ports.engine.volumes.remove(store, true, { signal })));
    for (const store of stale) this.#stores.delete(store);
  }

  async #users(signal: AbortSignal): Promise<readonly VolumeUser[]> {
    const { ports, project } = this.#subject;
    const owned = Object.values(project.volumes).filter(({ external }) => external !== true);
    return volumeUsers(ports.engine, project.name, new Set(owned.map((volume) => volume.name)), { signal });
  }

  async #stop(users: readonly VolumeUser[], timeoutSeconds: number | undefined, signal: AbortSignal): Promise<void> {
    const query = timeoutSeconds === undefined ? {} : { timeoutSeconds };
    const { engine } = this.#subject.ports;
    await Promise.all(users.filter(({ runs }) => runs).map(({ id }) => engine.containers.stop(id, query, { signal })));
  }

  /** Starts what ran before, in order and until it is ready; what had ended stays as it is. */
  async #start(users: readonly VolumeUser[], signal: AbortSignal): Promise<void> {
    const { ports, options, project } = this.#subject;
    const targets = [...new Set(users.filter(({ runs }) => runs).map(({ service }) => service))];
    if (targets.length === 0) return;
    await up(ports, project, { ...options, targets, withoutDependencies: true, wait: true, signal });
  }

  /** Throws the changes of an overlay away and puts it over the kept content. */
  async #layAnew({ volume, store, root }: Kept, carrier: CarrierOptions): Promise<void> {
    const { engine, signal } = carrier;
    const scratch = this.#overlays.get(volume.name)?.scratch ?? '';
    await engine.volumes.remove(scratch, false, { signal });
    await this.#makeVolume(scratch, signal);
    await layOut(carrier, scratch, { kept: store, root });
    this.#overlays.set(volume.name, { scratch, store });
  }

  /** Replaces volumes by overlays over what was kept, or by a copy of it. Their containers have to be made anew for that. */
  async #convert(kept: readonly Kept[], users: readonly VolumeUser[], signal: AbortSignal): Promise<void> {
    const { engine } = this.#subject.ports;
    const names = new Set(kept.map(({ volume }) => volume.name));
    const affected = users.filter(({ volumes }) => volumes.some(({ name }) => names.has(name)));
    await Promise.all(affected.map(({ id }) => engine.containers.remove(id, { force: true }, { signal })));
    await Promise.all(kept.map((one) => this.#replace(one, affected[0]?.image ?? '', signal)));
    const ended = [...new Set(affected.filter(({ runs }) => !runs).map(({ service }) => service))];
    if (ended.length === 0) return;
    const { ports, options, project } = this.#subject;
    await up(ports, project, { ...options, targets: ended, withoutDependencies: true, start: false, signal });
  }

  async #replace({ volume, store, root }: Kept, image: string, signal: AbortSignal): Promise<void> {
    const { project } = this.#subject;
    const named = volume.anonymous === undefined ? volume.name : derivedName(project.name, volume.name, 'volume');
    if (volume.anonymous !== undefined) this.#subject.project = withNamedMount(project, volume.anonymous, named);
    const scratch = derivedName(project.name, volume.name, 'scratch');
    const isOverlay = await replaceVolume(this.#carrier(image, signal), {
      volume: volume.name,
      named,
      store,
      scratch,
      layout: { kept: store, root },
      mayOverlay: !this.#onlyCopies,
    });
    this.#onlyCopies ||= !isOverlay;
    if (isOverlay) this.#overlays.set(named, { scratch, store });
    this.#rename(volume, named);
  }

  /** From now on every checkpoint speaks of a volume under the name that it was given. */
  #rename(volume: StackVolume, named: string): void {
    if (volume.name === named) return;
    const renamed = { name: named, anonymous: undefined };
    for (const [name, kept] of this.#kept) {
      this.#kept.set(
        name,
        kept.map((one) => (one.volume.name === volume.name ? { ...one, volume: renamed } : one)),
      );
    }
  }

  async #makeVolume(name: string, signal: AbortSignal): Promise<VolumeInspect> {
    const { engine } = this.#subject.ports;
    return engine.volumes.create({ Name: name, Labels: stackLabels(this.#subject.project) }, { signal });
  }

  #carrier(image: string, signal: AbortSignal): CarrierOptions {
    const { ports, project } = this.#subject;
    return { engine: ports.engine, labels: stackLabels(project), image, signal };
  }
}

function volumesOf(users: readonly VolumeUser[]): readonly { readonly volume: StackVolume; readonly image: string }[] {
  const found = new Map<string, { readonly volume: StackVolume; readonly image: string }>();
  for (const { volumes, image } of users) for (const volume of volumes) found.set(volume.name, { volume, image });
  return [...found.values()];
}

/** Replicas are made alike, so each of them cannot have its own volume back unless the engine chooses it. */
function requireNamedWhereScaled(users: readonly VolumeUser[]): void {
  const scaled = users.find(
    ({ service, volumes }, index) =>
      volumes.some(({ anonymous }) => anonymous !== undefined) &&
      users.findIndex((other) => other.service === service) !== index,
  );
  if (scaled === undefined) return;
  const message = `service "${scaled.service}" has several containers with volumes without a name: there is no checkpoint of them`;
  throw new TopsailError('checkpoint-impossible', message, {
    origin: 'user',
    details: ['name the volume in the file, or run one container'],
  });
}

function noSuchCheckpoint(name: string, known: readonly string[]): TopsailError {
  const list = known.length === 0 ? 'there is none yet' : `there are ${known.join(', ')}`;
  return new TopsailError('no-such-checkpoint', `there is no checkpoint ${JSON.stringify(name)}: ${list}`, {
    origin: 'user',
  });
}
