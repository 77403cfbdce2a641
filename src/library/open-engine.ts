import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { namedEnvironment } from '../compose/named-environment.ts';
import type { ComposePorts } from '../compose/ports.ts';
import type { DesiredInputs } from '../compose/up-options.ts';
import { connectBuilder } from '../connect/connect-builder.ts';
import { connectEngine } from '../connect/connect-engine.ts';
import { lazyRegistry } from '../connect/connect-registry.ts';
import { loginsForContainers } from '../connect/docker-credentials.ts';
import { localHostNetwork } from '../connect/local-host-network.ts';
import { openProber } from '../connect/open-prober.ts';
import { pluginPorts } from '../connect/plugin-ports.ts';
import { proxyEnvironment } from '../connect/proxy-environment.ts';
import { systemClock } from '../connect/system-clock.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';

/** Which engine is used: the given one, or the one a Docker client would find. A given engine is left open. */
export interface EngineChoice {
  readonly engine?: Engine;
  /** An address in the words of `DOCKER_HOST`. */
  readonly host?: string;
  /** Name of a docker context. */
  readonly context?: string;
}

/** What the command takes from its surroundings too, so that both want the same of the engine. */
export async function defaultInputs({ engine }: ComposePorts): Promise<DesiredInputs> {
  const search = { environment: process.env, homeDirectory: homedir() };
  const hostNetwork = localHostNetwork(engine.description.endpoint);
  return {
    containerEnvironment: await proxyEnvironment(search, engine.description.endpoint),
    readText: (path) => readFile(path, 'utf8'),
    ...(hostNetwork === undefined ? {} : { hostNetwork }),
    registryLogins: () => loginsForContainers(search),
  };
}

/** An engine, and a signal that ends the call. */
export type CallChoice = EngineChoice & { readonly signal?: AbortSignal };

/** Opens the chosen engine for one piece of work. Throws the signal's reason for what an abort broke off. */
export async function withEngine<Result>(
  choice: CallChoice,
  work: (ports: ComposePorts) => Promise<Result>,
): Promise<Result> {
  try {
    const { ports, release } = await openPorts(choice);
    try {
      return await work(ports);
    } finally {
      await release();
    }
  } catch (error) {
    // Whatever call the abort broke off, the caller hears the reason that was given for it.
    if (isEngineError(error, 'aborted')) choice.signal?.throwIfAborted();
    throw error;
  }
}

/** Opens the chosen engine; `release` closes it unless it was given. */
export async function openPorts(choice: CallChoice): Promise<{ ports: ComposePorts; release: () => Promise<void> }> {
  if (choice.engine !== undefined) {
    return { ports: portsOf(choice.engine), release: () => Promise.resolve() };
  }
  const engine = await connectEngine({
    environment: namedEnvironment(process.env),
    homeDirectory: homedir(),
    ...(choice.host === undefined ? {} : { host: choice.host }),
    ...(choice.context === undefined ? {} : { context: choice.context }),
    ...(choice.signal === undefined ? {} : { signal: choice.signal }),
  });
  return { ports: portsOf(engine), release: () => engine.close() };
}

function portsOf(engine: Engine): ComposePorts {
  const environment = namedEnvironment(process.env);
  return {
    engine,
    builder: connectBuilder(engine, { environment, homeDirectory: homedir() }),
    clock: systemClock,
    registry: lazyRegistry({ environment, homeDirectory: homedir() }),
    prober: openProber(engine.description, environment),
    ...pluginPorts({ environment, homeDirectory: homedir() }),
  };
}

/** The signal of a choice, as calls take it. */
export function signalOf({ signal }: CallChoice): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
