import { randomBytes } from 'node:crypto';
import { createDockerodeEngine } from '../../src/dockerode/create-dockerode-engine.ts';
import { pingEngine } from '../../src/dockerode/ping-engine.ts';
import type { EngineEndpoint } from '../../src/engine/endpoint.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createMemoryEngine } from '../../src/memory-engine/create-memory-engine.ts';
import { playProcesses } from './memory-processes.ts';

/** An engine the contract is checked on. */
export interface EngineUnderTest {
  readonly name: string;
  /** An image with a POSIX shell. */
  readonly image: string;
  readonly real: boolean;
  connect(): Promise<Engine>;
}

const image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';

const memory: EngineUnderTest = {
  name: 'memory engine',
  image,
  real: false,
  connect: () => {
    const engine = createMemoryEngine({ images: [{ reference: image, config: { Cmd: ['sh'] } }] });
    playProcesses(engine.control);
    return Promise.resolve(engine);
  },
};

const oldMemory: EngineUnderTest = {
  ...memory,
  name: 'memory engine as an old one',
  connect: () => {
    const engine = createMemoryEngine({ images: [{ reference: image, config: { Cmd: ['sh'] } }], apiVersion: '1.41' });
    playProcesses(engine.control);
    return Promise.resolve(engine);
  },
};

/** The endpoints in `DOCKER_HOST` and `TOPSAIL_CONTRACT_ENGINES` (separated by blanks): `unix://PATH` or `tcp://HOST:PORT`. */
function namedEndpoints(): readonly EngineEndpoint[] {
  const texts = `${process.env['DOCKER_HOST'] ?? ''} ${process.env['TOPSAIL_CONTRACT_ENGINES'] ?? ''}`.split(/\s+/);
  return [...new Set(texts)].flatMap((text): EngineEndpoint[] => {
    if (text.startsWith('unix://')) return [{ kind: 'unix', path: text.slice('unix://'.length) }];
    if (!text.startsWith('tcp://')) return [];
    const url = new URL(text);
    return [{ kind: 'tcp', host: url.hostname, port: Number(url.port) }];
  });
}

async function realEngine(endpoint: EngineEndpoint): Promise<EngineUnderTest | undefined> {
  try {
    const ping = await pingEngine(endpoint, { signal: AbortSignal.timeout(5000) });
    return {
      name: `${ping.product} ${ping.version}, API ${ping.apiVersion}`,
      image,
      real: true,
      connect: () => createDockerodeEngine(endpoint),
    };
  } catch {
    return undefined;
  }
}

/** The in-process engine, and every real one that answers. */
export async function enginesUnderTest(): Promise<readonly EngineUnderTest[]> {
  const real = await Promise.all(namedEndpoints().map(realEngine));
  return [memory, oldMemory, ...real.filter((engine) => engine !== undefined)];
}

/** What tells this run's resources from all others. */
export const runId: string = `topsail-contract-${randomBytes(4).toString('hex')}`;
/** The label every resource of this run has, as `key=value`. */
export const runLabel: string = `dev.topsail.contract=${runId}`;
/** {@link runLabel} as a labels object. */
export const runLabels: Readonly<Record<string, string>> = { 'dev.topsail.contract': runId };

/** Removes everything that has the run's label. */
export async function removeLeftovers(engine: Engine): Promise<void> {
  const query = { labels: [runLabel] };
  for (const { Id } of await engine.containers.list({ all: true, ...query })) {
    await engine.containers.remove(Id, { force: true, volumes: true });
  }
  for (const { Id } of await engine.networks.list(query)) await engine.networks.remove(Id);
  for (const { Name } of await engine.volumes.list(query)) await engine.volumes.remove(Name, true);
}
