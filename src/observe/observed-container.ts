import type { ContainerInspect, ContainerSummary } from '../engine/container.ts';
import type { ImageInspect } from '../engine/resource.ts';
import {
  CONFIG_HASH_LABEL,
  CONTAINER_NUMBER_LABEL,
  IMAGE_LABEL,
  ONE_OFF_LABEL,
  SERVICE_LABEL,
} from '../state/labels.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import { readExitCode, readHealth } from './read-status.ts';

/** What one row of `GET /containers/json` says, with what was read beyond it. */
export function observedContainer(
  summary: ContainerSummary,
  details: { readonly inspect: ContainerInspect; readonly image: ImageInspect | undefined } | undefined,
): ObservedContainer {
  const labels = summary.Labels;
  const number = Number(labels[CONTAINER_NUMBER_LABEL] ?? Number.NaN);
  return {
    id: summary.Id,
    name: ownName(summary.Names),
    service: labels[SERVICE_LABEL] ?? '',
    number: Number.isInteger(number) ? number : undefined,
    oneOff: labels[ONE_OFF_LABEL] === 'True',
    status: summary.State,
    health: readHealth(summary.State, summary.Status),
    exitCode: readExitCode(summary.Status),
    configHash: labels[CONFIG_HASH_LABEL],
    imageDigest: labels[IMAGE_LABEL] ?? summary.ImageID,
    labels,
    networkIds: Object.values(summary.NetworkSettings?.Networks ?? {}).flatMap(({ NetworkID: id }) =>
      id === undefined || id === '' ? [] : [id],
    ),
    mounts: summary.Mounts,
    summary,
    inspect: details?.inspect,
    image: details?.image,
  };
}

/** A container that others link to has names of the form `/other/alias` too; its own has one slash. */
function ownName(names: readonly string[]): string {
  const own = names.find((name) => name.lastIndexOf('/') <= 0) ?? names[0] ?? '';
  return own.replace(/^\//, '');
}
