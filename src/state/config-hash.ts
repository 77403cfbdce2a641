import { createHash } from 'node:crypto';
import type { Network, Volume } from '../project/project.ts';
import type { Service } from '../project/service.ts';
import { encodeNetworkForHash, encodeServiceForHash, encodeVolumeForHash } from './service-shape.ts';

/**
 * The hash of a service, equal to the one Docker Compose 2.40 labels its containers with (compose-surface section 3.3):
 * SHA-256 in hex. Scaling, dependencies, build and pull settings do not enter it.
 */
export function serviceHash(service: Service): string {
  return hashOfText(encodeServiceForHash(service));
}

/** The hash of a network, equal to Docker Compose's (compose-surface section 3.4). */
export function networkHash(network: Network): string {
  return hashOfText(encodeNetworkForHash(network));
}

/** The hash of a volume, equal to Docker Compose's, which fills in the default driver (compose-surface section 3.4). */
export function volumeHash(volume: Volume): string {
  return hashOfText(encodeVolumeForHash({ ...volume, driver: volume.driver ?? 'local' }));
}

/** SHA-256 in hex of what a hash is made from. */
export function hashOfText(text: string | undefined): string {
  return createHash('sha256')
    .update(text ?? '')
    .digest('hex');
}
