import type { ContainerSummary, TextMap } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { PROJECT_LABEL } from '../state/labels.ts';

/** Who has a thing: `container shop-db-1 of project shop`, `container db`. */
export function holderWords(name: string, labels: TextMap | null | undefined): string {
  const project = labels?.[PROJECT_LABEL];
  return project === undefined ? `container ${name}` : `container ${name} of project ${project}`;
}

/** The container that publishes a host port, in words; undefined if none does or the engine does not say. */
export async function portHolder(engine: Engine, port: number, signal: AbortSignal): Promise<string | undefined> {
  try {
    const containers = await engine.containers.list({ all: false }, { signal });
    const holder = containers.find(({ Ports: ports }) => ports.some(({ PublicPort: published }) => published === port));
    return holder === undefined ? undefined : holderWords(summaryName(holder), holder.Labels);
  } catch {
    return undefined;
  }
}

/** The containers on a network, in words. */
export async function networkHolders(engine: Engine, id: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { Containers: containers } = await engine.networks.inspect(id, { signal });
    return Object.entries(containers ?? {}).map(
      ([container, { Name: name }]) => `container ${name ?? container.slice(0, 12)}`,
    );
  } catch {
    return [];
  }
}

function summaryName({ Names: names, Id: id }: ContainerSummary): string {
  return names[0]?.replace(/^\//, '') ?? id.slice(0, 12);
}
