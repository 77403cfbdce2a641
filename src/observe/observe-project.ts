import type { Clock } from '../engine/clock.ts';
import type { ContainerSummary } from '../engine/container.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import type { ImageInspect } from '../engine/resource.ts';
import type { DesiredService, DesiredState } from '../state/desired-state.ts';
import { CONFIG_HASH_LABEL, HOOK_LABEL, ONE_OFF_LABEL, PROJECT_LABEL } from '../state/labels.ts';
import type { HookContainer, ObservedContainer, ObservedState } from '../state/observed-state.ts';
import { inspectImages } from './inspect-images.ts';
import { mapBounded } from './map-bounded.ts';
import { observedContainer } from './observed-container.ts';
import { readIfPresent } from './read-if-present.ts';

/** Calls of one kind that run at the same time. */
const CONCURRENCY = 16;

/**
 * Reads once what the engine holds of a project: one list each of containers, networks and volumes and one inspect per
 * distinct image, all in parallel. Containers are inspected only where their configuration or image differs.
 */
export async function observeProject(
  engine: Engine,
  desired: DesiredState,
  clock: Clock,
  call?: CallOptions,
): Promise<ObservedState> {
  const [all, networks, volumes, images] = await Promise.all([
    engine.containers.list({ all: true, labels: [`${PROJECT_LABEL}=${desired.project}`] }, call),
    engine.networks.list({}, call),
    engine.volumes.list({}, call),
    inspectImages(engine, imagesOf(desired), call),
  ]);
  const wantedNetworks = new Set(desired.networks.map(({ name }) => name));
  const wantedVolumes = new Set(desired.volumes.map(({ name }) => name));
  return {
    project: desired.project,
    containers: await observeContainers(engine, all.filter(isOwn), desired, images, call),
    hookContainers: hookContainers(all),
    networks: networks.filter(
      (network) =>
        network.Labels?.[PROJECT_LABEL] === desired.project ||
        wantedNetworks.has(network.Name) ||
        wantedNetworks.has(network.Id),
    ),
    volumes: volumes.filter(
      (volume) => volume.Labels?.[PROJECT_LABEL] === desired.project || wantedVolumes.has(volume.Name),
    ),
    images,
    apiVersion: engine.description.apiVersion,
    observedAt: clock.now(),
  };
}

/** Reads only the images of a project, for what has nothing to do with its containers. */
export async function observeImages(
  engine: Engine,
  desired: DesiredState,
  clock: Clock,
  call?: CallOptions,
): Promise<ObservedState> {
  return {
    project: desired.project,
    containers: [],
    hookContainers: [],
    networks: [],
    volumes: [],
    images: await inspectImages(engine, imagesOf(desired), call),
    apiVersion: engine.description.apiVersion,
    observedAt: clock.now(),
  };
}

/** Reads once what the engine holds of a project by its labels alone, for commands that work without a file. */
export async function observeByLabels(
  engine: Engine,
  project: string,
  clock: Clock,
  call?: CallOptions,
): Promise<ObservedState> {
  const labels = [`${PROJECT_LABEL}=${project}`];
  const [all, networks, volumes] = await Promise.all([
    engine.containers.list({ all: true, labels }, call),
    engine.networks.list({ labels }, call),
    engine.volumes.list({ labels }, call),
  ]);
  return {
    project,
    containers: all.filter(isOwn).map((row) => observedContainer(row, undefined)),
    hookContainers: hookContainers(all),
    networks,
    volumes,
    images: new Map(),
    apiVersion: engine.description.apiVersion,
    observedAt: clock.now(),
  };
}

function imagesOf({ services, contextServices }: DesiredState): readonly string[] {
  return [...services, ...contextServices].flatMap(({ image, imageMounts, hooks }) => [
    image,
    ...imageMounts,
    ...hooks.preStart.map((hook) => hook.image),
  ]);
}

/** Containers of Compose projects carry a hash; others with the project's label are somebody else's, or a hook's. */
function isOwn({ Labels: labels }: ContainerSummary): boolean {
  return labels[CONFIG_HASH_LABEL] !== undefined;
}

/** Those that run no more: one that does belongs to another process. */
function hookContainers(rows: readonly ContainerSummary[]): readonly HookContainer[] {
  return rows
    .filter((row) => !isOwn(row) && row.Labels[HOOK_LABEL] !== undefined && row.State !== 'running')
    .map((row) => {
      const { id, name, service } = observedContainer(row, undefined);
      return { id, name, service };
    });
}

async function observeContainers(
  engine: Engine,
  rows: readonly ContainerSummary[],
  desired: DesiredState,
  images: ReadonlyMap<string, ImageInspect>,
  call: CallOptions | undefined,
): Promise<readonly ObservedContainer[]> {
  const oldImages = new Map<string, Promise<ImageInspect | undefined>>();
  for (const image of images.values()) oldImages.set(image.Id, Promise.resolve(image));
  const oldImage = (id: string): Promise<ImageInspect | undefined> => {
    const known = oldImages.get(id) ?? readIfPresent(engine.images.inspect(id, call));
    oldImages.set(id, known);
    return known;
  };
  const services = new Map(desired.services.map((service) => [service.name, service]));
  return mapBounded(rows, CONCURRENCY, async (row) => {
    const container = observedContainer(row, undefined);
    if (!mayDiffer(container, services.get(container.service), images)) return container;
    const inspect = await readIfPresent(engine.containers.inspect(row.Id, call));
    if (inspect === undefined) return container;
    return observedContainer(row, { inspect, image: await oldImage(inspect.Image) });
  });
}

/** Whether a closer look is needed: planning compares the container with its service field by field. */
function mayDiffer(
  container: ObservedContainer,
  service: DesiredService | undefined,
  images: ReadonlyMap<string, ImageInspect>,
): boolean {
  if (service === undefined || container.labels[ONE_OFF_LABEL] === 'True') return false;
  // Its variables are compared with what the provider says.
  if (service.providers.length > 0) return true;
  const image = images.get(service.image);
  return container.configHash !== service.hash || (image !== undefined && container.imageDigest !== image.Id);
}
