import type {
  ContainerCreateRequest,
  ContainerState,
  EndpointRequest,
  MountPoint,
  PortBinding,
} from '../engine/container.ts';
import type { EngineEvent } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import type { ImageInspect, NetworkInspect, VolumeInspect } from '../engine/resource.ts';
import type { EventHub } from './event-hub.ts';
import type { OutputLog } from './output-log.ts';

/** A network a container belongs to: by what was asked for, and with addresses while it runs. */
export interface MemoryEndpoint {
  /** Name or id as asked for; becomes the network's name once resolved. */
  readonly network: string;
  readonly request: EndpointRequest;
  readonly networkId: string;
  readonly address: string;
}

/** A container on the in-process engine. */
export interface MemoryContainer {
  readonly id: string;
  name: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly imageId: string;
  readonly platform: string | undefined;
  /** The request with the image's and the engine's defaults filled in. */
  config: ContainerCreateRequest;
  readonly mounts: readonly MountPoint[];
  readonly anonymousVolumes: readonly string[];
  readonly output: OutputLog;
  /** Archives unpacked into it, in order. */
  readonly archives: { readonly path: string; readonly tar: Uint8Array }[];
  endpoints: readonly MemoryEndpoint[];
  state: ContainerState;
  restartCount: number;
  /** Told of the next exit, and then forgotten. */
  readonly exitListeners: Set<(exitCode: number) => void>;
  readonly removalListeners: Set<(exitCode: number) => void>;
  ports: { readonly [port: string]: readonly PortBinding[] };
}

/** Everything an in-process engine holds. The calls change it; nothing else does but the test's control. */
export interface World {
  readonly apiVersion: string;
  readonly duplicateNetworkNames: boolean;
  readonly now: () => number;
  /** A new id of 64 hexadecimal digits. */
  readonly newId: () => string;
  readonly events: EventHub;
  readonly containers: Map<string, MemoryContainer>;
  readonly networks: Map<string, NetworkInspect>;
  readonly volumes: Map<string, VolumeInspect>;
  /** By reference with tag. */
  readonly images: Map<string, ImageInspect>;
  readonly registry: Map<string, ImageInspect>;
  /** Told after each start of a container. */
  readonly startListeners: Set<(container: MemoryContainer) => void>;
}

/** Publishes an event as the engine words it. */
export function emit(
  world: World,
  type: string,
  action: string,
  id: string,
  attributes: Readonly<Record<string, string>>,
): void {
  const milliseconds = world.now();
  const event: EngineEvent = {
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: attributes },
    scope: 'local',
    time: Math.floor(milliseconds / 1000),
    timeNano: milliseconds * 1e6,
  };
  world.events.publish(event);
}

/** Publishes a container event with the attributes every one has. */
export function emitContainer(
  world: World,
  container: MemoryContainer,
  action: string,
  extra: Readonly<Record<string, string>> = {},
): void {
  const attributes = { ...container.config.Labels, ...extra, image: container.config.Image, name: container.name };
  emit(world, 'container', action, container.id, attributes);
}

/** The container by id, unique start of an id, or name. */
export function findContainer(world: World, reference: string): MemoryContainer | undefined {
  const name = reference.replace(/^\//, '');
  const all = [...world.containers.values()];
  return (
    world.containers.get(reference) ??
    all.find((container) => container.name === name) ??
    only(all.filter((container) => reference !== '' && container.id.startsWith(reference)))
  );
}

/** As {@link findContainer}; throws the engine's 404. */
export function requireContainer(world: World, reference: string): MemoryContainer {
  const container = findContainer(world, reference);
  if (container === undefined) throw refusal('not-found', 404, `No such container: ${reference}`);
  return container;
}

/** The network by id, name, or unique start of an id; throws the engine's 404, or 400 when two have that name. */
export function requireNetwork(world: World, reference: string): NetworkInspect {
  const byId = world.networks.get(reference);
  if (byId !== undefined) return byId;
  const all = [...world.networks.values()];
  const named = all.filter((network) => network.Name === reference);
  if (named.length > 1) {
    throw refusal('bad-request', 400, `network ${reference} is ambiguous (${named.length} matches found on name)`);
  }
  const found = named[0] ?? only(all.filter((network) => reference !== '' && network.Id.startsWith(reference)));
  if (found === undefined) throw refusal('not-found', 404, `network ${reference} not found`);
  return found;
}

/** An error as the engine answers it. */
export function refusal(
  kind: 'bad-request' | 'not-found' | 'conflict' | 'server',
  statusCode: number,
  message: string,
): EngineError {
  return new EngineError(kind, message, { statusCode });
}

function only<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}
