import type { ImageVerdict } from './assess-images.ts';
import type { NetworkVerdict } from './assess-networks.ts';
import type { VolumeVerdict } from './assess-volumes.ts';
import { pullId } from './image-nodes.ts';
import type { Guard } from './plan.ts';
import type { UpWork } from './up-work.ts';

/** The node that makes a network. */
export function createNetworkId(key: string): string {
  return `create network:${key}`;
}

/** The node that makes a volume. */
export function createVolumeId(key: string): string {
  return `create volume:${key}`;
}

/** The question whether a volume may be replaced. */
export function replaceVolumeGuard(key: string): Guard {
  return { kind: 'confirmed', question: `replace volume:${key}` };
}

/** Adds the pulls. What an image was before decides whether the pull changed it: the image itself, or what containers have. */
export function addPulls(work: UpWork): void {
  for (const image of work.images.values()) {
    if (image.pull === undefined) continue;
    work.draft.add({
      id: pullId(image.reference),
      address: `image:${image.reference}`,
      operation: {
        kind: 'pull-image',
        reference: image.reference,
        platform: image.platform,
        services: image.services,
        previousId: previousImage(work, image),
        // What can be built is built if no registry has it.
        required: image.build === undefined,
        stamped: image.stamped,
      },
      needs: [],
      cause: image.pull === 'missing' ? 'not on the engine' : `pull_policy ${image.policy}`,
    });
  }
}

/** The image that the users of a reference have now: a pull or build that brings back it changes nothing. */
export function previousImage(work: UpWork, image: ImageVerdict): string | undefined {
  if (image.present !== undefined) return image.present.Id;
  const users = work.services.filter(({ service }) => service.image === image.reference);
  const containers = users.flatMap(({ replicas }) =>
    replicas.flatMap((each) => ('container' in each ? each.container : [])),
  );
  return containers[0]?.imageDigest;
}

/** Adds the creation of networks that are missing; replaced ones have their own steps. */
export function addMissingNetworks(work: UpWork): void {
  for (const verdict of work.networks.values()) {
    if (verdict.kind === 'create') addNetwork(work, verdict, [], 'not created yet');
  }
}

/** Adds the creation of one network. */
export function addNetwork(
  work: UpWork,
  { network }: Exclude<NetworkVerdict, { readonly kind: 'keep' }>,
  needs: readonly string[],
  cause: string,
): string {
  return work.draft.add({
    id: createNetworkId(network.key),
    address: `network:${network.key}`,
    operation: { kind: 'create-network', key: network.key, request: network.request },
    needs,
    cause,
  });
}

/** Adds the creation of missing volumes, and the question and steps for those whose definition changed. */
export function addVolumes(work: UpWork): void {
  for (const verdict of work.volumes.values()) {
    if (verdict.kind === 'create') addVolume(work, verdict);
    if (verdict.kind === 'replace') replaceVolume(work, verdict);
  }
}

function addVolume(work: UpWork, { volume }: VolumeVerdict): void {
  work.draft.add({
    id: createVolumeId(volume.key),
    address: `volume:${volume.key}`,
    operation: { kind: 'create-volume', key: volume.key, request: volume.request },
    needs: [],
    cause: 'not created yet',
  });
}

function replaceVolume(work: UpWork, verdict: Extract<VolumeVerdict, { readonly kind: 'replace' }>): void {
  const { volume, changes } = verdict;
  const guard = replaceVolumeGuard(volume.key);
  const group = `replace volume:${volume.key}`;
  const cause = 'its definition changed';
  work.draft.confirm({
    id: group,
    question: `Volume "${volume.name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)?`,
    defaultAnswer: false,
  });
  const remove = work.draft.add({
    id: `remove volume:${volume.key}`,
    address: `volume:${volume.key}`,
    operation: { kind: 'remove-volume', name: volume.name },
    needs: [],
    cause,
    changes,
    guard,
    group,
  });
  work.draft.add({
    id: createVolumeId(volume.key),
    address: `volume:${volume.key}`,
    operation: { kind: 'create-volume', key: volume.key, request: volume.request },
    needs: [remove],
    cause,
    guard,
    group,
  });
}
