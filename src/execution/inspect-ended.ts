import type { Clock } from '../engine/clock.ts';
import type { ContainerInspect } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { isUnexplainedKill } from './killed-for-memory.ts';

/** The kernel's word for why comes to the engine on another way than the end, and may come later: asked again after so many milliseconds. */
const delays = [50, 150, 400];

/** Inspects a container that has ended, once it is settled whether a kill was for want of memory. Throws as `inspect`. */
export async function inspectEnded(
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
  container: string,
  signal?: AbortSignal,
): Promise<ContainerInspect> {
  const call = signal === undefined ? {} : { signal };
  let inspect = await engine.containers.inspect(container, call);
  for (const delay of delays) {
    if (!isUnexplainedKill(inspect)) break;
    await clock.sleep(delay, signal);
    inspect = await engine.containers.inspect(container, call);
  }
  return inspect;
}
