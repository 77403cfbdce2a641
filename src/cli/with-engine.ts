import type { ComposePorts } from '../compose/ports.ts';
import { connectBuilder } from '../connect/connect-builder.ts';
import { connectEngine } from '../connect/connect-engine.ts';
import { lazyRegistry } from '../connect/connect-registry.ts';
import type { EngineSearch } from '../connect/engine-search.ts';
import { openProber } from '../connect/open-prober.ts';
import { pluginPorts } from '../connect/plugin-ports.ts';
import { systemClock } from '../connect/system-clock.ts';
import { registrySurroundingsOf } from './registry-surroundings.ts';
import type { Session } from './session.ts';
import { showWait } from './show-wait.ts';
import { sweepMeanwhile } from './sweep-meanwhile.ts';

/** Where this invocation looks for an engine. */
export function engineSearchOf({ host, interrupts }: Session): EngineSearch {
  return { environment: host.environment, homeDirectory: host.homeDirectory, signal: interrupts.signal };
}

/** How a command uses the engine. */
interface EngineUse {
  /** `false`: nothing is written, not even to remove what killed processes left. */
  readonly sweep?: false;
}

/** Connects to the engine, hands the ports to the work and closes them, whatever comes of it. */
export async function withEngine<Result>(
  session: Session,
  work: (ports: ComposePorts, signal: AbortSignal) => Promise<Result>,
  use: EngineUse = {},
): Promise<Result> {
  const connecting = connectEngine(engineSearchOf(session));
  const engine = await showWait(session, 'connecting to the engine', connecting);
  const sweeping = use.sweep === false || session.flags.dryRun === true ? undefined : sweepMeanwhile(session, engine);
  try {
    const search = engineSearchOf(session);
    const registry = lazyRegistry(registrySurroundingsOf(session));
    const prober = openProber(engine.description, session.host.environment);
    const plugins = pluginPorts(session.host);
    const builder = connectBuilder(engine, search);
    const ports = { engine, builder, clock: systemClock, registry, prober, ...plugins };
    return await work(ports, session.interrupts.signal);
  } finally {
    await sweeping;
    await engine.close();
  }
}
