import { TopsailError } from '../../diagnostics/topsail-error.ts';
import type { ContainerLimits } from '../../engine/container.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import { parseByteSize } from '../../project/byte-size.ts';
import type { Replica } from '../replica.ts';
import type { FaultPorts, Undo } from './faults.ts';

/** What containers may use from now on. */
export interface LimitRequest {
  /** Processors, such as 0.5. */
  readonly cpus?: number;
  /** Bytes, or a size such as `64M`. */
  readonly memory?: number | string;
  /** Number of processes. */
  readonly pids?: number;
}

/**
 * Limits containers while they run, and gives how to lift that. Throws `invalid-limit`, `fault-impossible` where the engine has no
 * call for it (Podman before 5), and EngineError.
 */
export async function limit(
  { engine }: FaultPorts,
  replicas: readonly Replica[],
  request: LimitRequest,
  signal: AbortSignal,
): Promise<Undo> {
  const wanted = limitsOf(request);
  const { processors = 1, memoryBytes = 0 } = await engine.information({ signal });
  const before = await Promise.all(
    replicas.map(async ({ id }) => ({ id, host: (await engine.containers.inspect(id, { signal })).HostConfig })),
  );
  try {
    await Promise.all(before.map(({ id }) => engine.containers.update(id, wanted, { signal })));
  } catch (error) {
    if (!isEngineError(error, 'unsupported')) throw error;
    throw new TopsailError(
      'fault-impossible',
      'not possible here: Podman before 5 changes no limits of running containers',
      {
        origin: 'user',
        cause: error,
      },
    );
  }
  return async (call) => {
    await Promise.all(
      before.map(async ({ id, host }) => {
        // An engine takes 0 for no change: what was without a limit gets all there is.
        const memory = host.Memory === undefined || host.Memory === 0 ? memoryBytes : host.Memory;
        // Engines do not pass "unlimited" on.
        const swap = (host.MemorySwap ?? 0) > 0 ? host.MemorySwap : memory * 2;
        const cpus = host.NanoCpus === undefined || host.NanoCpus === 0 ? processors * nano : host.NanoCpus;
        const pids = host.PidsLimit === undefined || host.PidsLimit === 0 ? -1 : host.PidsLimit;
        const limits: ContainerLimits = {
          ...(wanted.NanoCpus === undefined ? {} : { NanoCpus: cpus }),
          ...(wanted.Memory === undefined || swap === undefined ? {} : { Memory: memory, MemorySwap: swap }),
          ...(wanted.PidsLimit === undefined ? {} : { PidsLimit: pids }),
        };
        await engine.containers.update(id, limits, { signal: call });
      }),
    );
  };
}

const nano = 1_000_000_000;

function limitsOf({ cpus, memory, pids }: LimitRequest): ContainerLimits {
  const bytes = typeof memory === 'string' ? parseByteSize(memory) : memory;
  if (cpus !== undefined && !(cpus > 0)) throw invalid(`cpus: ${cpus}`);
  return {
    ...(cpus === undefined ? {} : { NanoCpus: Math.round(cpus * nano) }),
    // Swap of the same size as the memory is no swap at all.
    ...(bytes === undefined ? {} : { Memory: bytes, MemorySwap: bytes }),
    ...(pids === undefined ? {} : { PidsLimit: pids }),
  };
}

function invalid(what: string): TopsailError {
  return new TopsailError('invalid-limit', `no such limit: ${what}`, { origin: 'user' });
}
