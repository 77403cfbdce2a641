import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/engine-error.ts';
import { CallGate } from './call-gate.ts';
import { containerCalls } from './container-calls.ts';
import { EventHub } from './event-hub.ts';
import { imageCalls } from './image-calls.ts';
import { imageFrom } from './image-reference.ts';
import { MemoryBehaviour } from './memory-behaviour.ts';
import { type MemoryControl, memoryControl } from './memory-control.ts';
import type { MemoryEngineOptions } from './memory-options.ts';
import { createNetwork, networkCalls } from './network-calls.ts';
import { volumeCalls } from './volume-calls.ts';
import type { World } from './world.ts';

/** An engine inside this process, with the handle by which a test decides what happens on it. */
export interface MemoryEngine extends Engine {
  readonly control: MemoryControl;
}

/**
 * An engine for tests, with the semantics of a real one: unique container names, networks that may share a name on old
 * engines, volumes that keep their labels, states, events and logs. Processes do only what the test says.
 */
export function createMemoryEngine(options: MemoryEngineOptions = {}): MemoryEngine {
  const world = createWorld(options);
  const gate = new CallGate();
  const behaviour = new MemoryBehaviour();
  for (const [name, driver] of [
    ['bridge', 'bridge'],
    ['host', 'host'],
    ['none', 'null'],
  ] as const) {
    createNetwork(world, { Name: name, Driver: driver });
  }
  return {
    control: memoryControl(world, gate, behaviour),
    description: {
      product: options.product ?? 'docker',
      version: '28.5.2',
      apiVersion: world.apiVersion,
      operatingSystem: 'linux',
      architecture: 'amd64',
      endpoint: 'memory:',
    },
    information: (call) =>
      gate.pass({ name: 'information', kind: 'read', subject: '', details: undefined }, call, () => ({
        cgroupVersion: '2',
        cgroupDriver: 'systemd',
        storageDriver: 'overlay2',
        operatingSystemName: 'memory',
        processors: 2,
        memoryBytes: 8_000_000_000,
        rootless: false,
        warnings: [],
      })),
    containers: containerCalls(world, gate, behaviour),
    networks: networkCalls(world, gate),
    volumes: volumeCalls(world, gate),
    images: imageCalls(world, gate),
    events: (query, call) =>
      gate.pass({ name: 'events', kind: 'read', subject: '', details: query }, call, () =>
        world.events.subscribe(query, call?.signal),
      ),
    upgrade: (request, call) =>
      gate.pass({ name: 'upgrade', kind: 'read', subject: request.path, details: request }, call, () => {
        throw new EngineError('unsupported', 'this engine has no builder');
      }),
    close: () => Promise.resolve(world.events.endAll('closed')),
  };
}

function createWorld(options: MemoryEngineOptions): World {
  const apiVersion = options.apiVersion ?? '1.51';
  let time = Date.parse('2024-01-01T00:00:00Z');
  let ids = 0;
  return {
    apiVersion,
    duplicateNetworkNames: options.duplicateNetworkNames ?? Number(apiVersion.split('.')[1]) < 44,
    now: options.now ?? ((): number => (time += 1)),
    newId: () => (ids += 1).toString(16).padStart(12, '0').padEnd(64, 'f'),
    events: new EventHub(),
    containers: new Map(),
    networks: new Map(),
    volumes: new Map(),
    images: new Map((options.images ?? []).map(imageFrom)),
    registry: new Map((options.registry ?? []).map(imageFrom)),
    startListeners: new Set(),
  };
}
