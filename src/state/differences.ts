import type { ContainerInspect } from '../engine/container.ts';
import type { ImageInspect } from '../engine/resource.ts';
import { configDifferences } from './config-differences.ts';
import type { ContainerRequest } from './container-request.ts';
import { type FieldChange, valueChange } from './field-change.ts';
import { hostDifferences } from './host-differences.ts';
import { mountDifferences } from './mount-differences.ts';
import { networkDifferences } from './network-differences.ts';

/**
 * What differs between the container a service asks for and one that exists, after subtracting what the image it was
 * made from and the engine fill in: the reason of a recreate, field by field. A container made from the same service,
 * by Topsail or by Docker Compose, yields nothing. The image itself is compared by id, not here.
 */
export function differences(
  wanted: ContainerRequest,
  inspect: ContainerInspect,
  oldImage: ImageInspect | undefined,
): readonly FieldChange[] {
  const host = wanted.body.HostConfig ?? {};
  const imageVolumes = new Set(Object.keys(oldImage?.Config?.Volumes ?? inspect.Config.Volumes ?? {}));
  return [
    ...valueChange('container_name', finalName(inspect), wanted.name),
    ...configDifferences(wanted.body, inspect, oldImage),
    ...hostDifferences(host, inspect.HostConfig),
    ...mountDifferences(host, inspect.HostConfig, imageVolumes),
    ...networkDifferences(wanted, inspect),
  ];
}

/** The name without the mark of a recreate that was interrupted before its rename. */
function finalName(inspect: ContainerInspect): string {
  return inspect.Name.replace(/^\//, '').replace(/^[0-9a-f]{12}_/, '');
}
