import { isEngineError } from '../../engine/engine-error.ts';
import type { VolumeInspect } from '../../engine/resource.ts';
import type { ContentRoot } from './content-root.ts';
import { type CarrierOptions, copyBack, isMountable, layOut, layout } from './volume-content.ts';

/** A volume that is to hold what was kept of it. No container may mount it. */
export interface VolumeReplacement {
  readonly volume: string;
  /** The name it has afterwards. */
  readonly named: string;
  /** The volume that keeps the content. */
  readonly store: string;
  /** Name of the volume for what changes from now on. */
  readonly scratch: string;
  readonly layout: { readonly kept: string; readonly root: ContentRoot };
  /** Whether an overlay may be tried at all. */
  readonly mayOverlay: boolean;
}

/**
 * Replaces a volume by an overlay over the content that was kept of it, or by a copy of that content where the engine cannot mount
 * overlays. Resolves to whether it is an overlay.
 */
export async function replaceVolume(options: CarrierOptions, replacement: VolumeReplacement): Promise<boolean> {
  const { engine, signal } = options;
  const { volume, named, store, scratch } = replacement;
  const before = await engine.volumes.inspect(volume, { signal });
  // A volume of another driver, or of another file system, has nothing to do with folders of the engine's disk.
  const isPlain =
    before.Driver === 'local' && (isOverlayOver(before, scratch) || Object.keys(before.Options ?? {}).length === 0);
  const labels = { ...before.Labels, ...options.labels };
  await engine.volumes.remove(volume, true, { signal });
  await engine.volumes.remove(scratch, true, { signal });
  // Podman reads a volume's archive without mounting it, so that there is no telling whether it could.
  const mayOverlay = replacement.mayOverlay && engine.description.product === 'docker';
  if (isPlain && mayOverlay && (await makeOverlay(options, replacement, labels))) return true;
  const { Driver: driver } = before;
  const driverOptions = isPlain ? undefined : before.Options;
  await engine.volumes.create(
    { Name: named, Labels: labels, Driver: driver, ...(driverOptions ? { DriverOpts: driverOptions } : {}) },
    { signal },
  );
  await copyBack(options, store, named);
  return false;
}

/** Whether the engine mounts the overlay; without that nothing of it is left. */
async function makeOverlay(
  options: CarrierOptions,
  { named, scratch, layout: content }: VolumeReplacement,
  labels: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { engine, signal } = options;
  try {
    const made = await engine.volumes.create({ Name: scratch, Labels: options.labels }, { signal });
    await layOut(options, scratch, content);
    const driverOptions = overlayOptions(made.Mountpoint ?? '');
    await engine.volumes.create({ Name: named, Labels: labels, DriverOpts: driverOptions }, { signal });
    if (await isMountable(options, named)) return true;
  } catch (error) {
    if (signal.aborted || !isEngineError(error, 'bad-request', 'server', 'unsupported')) throw error;
  }
  await engine.volumes.remove(named, true, { signal });
  await engine.volumes.remove(scratch, true, { signal });
  return false;
}

/** Whether another holder of a shared stack has made it one already. */
function isOverlayOver({ Options: options }: VolumeInspect, scratch: string): boolean {
  return options?.['type'] === 'overlay' && (options['o'] ?? '').includes(`/${scratch}/_data/${layout.upper},`);
}

function overlayOptions(scratch: string): Readonly<Record<string, string>> {
  const { lower, upper, work } = layout;
  const folders = [`lowerdir=${scratch}/${lower}`, `upperdir=${scratch}/${upper}`, `workdir=${scratch}/${work}`];
  return { type: 'overlay', device: 'overlay', o: folders.join(',') };
}
