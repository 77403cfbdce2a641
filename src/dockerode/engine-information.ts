import type { CallOptions, EngineInformation } from '../engine/engine.ts';
import type { EngineConnection } from './engine-connection.ts';

/** The members of `GET /info` that are read. */
interface InfoAnswer {
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly Driver?: string;
  readonly OperatingSystem?: string;
  readonly KernelVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Architecture?: string;
  readonly ServerVersion?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly Rootless?: boolean;
  readonly Warnings?: readonly string[] | null;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly CPUShares?: boolean;
  readonly CPUSet?: boolean;
  readonly PidsLimit?: boolean;
}

/** Abilities of the machine's control groups, with Docker's words for their absence. */
const abilities = [
  ['MemoryLimit', 'No memory limit support'],
  ['SwapLimit', 'No swap limit support'],
  ['CpuCfsQuota', 'No cpu cfs quota support'],
  ['CPUShares', 'No cpu shares support'],
  ['CPUSet', 'No cpuset support'],
  ['PidsLimit', 'No pids limit support'],
] as const;

/** `GET /info` in our words. */
export async function engineInformation(
  connection: EngineConnection,
  call: CallOptions | undefined,
): Promise<EngineInformation> {
  const info = await connection.json<InfoAnswer>({ method: 'GET', path: '/info' }, call);
  const options = info.SecurityOptions ?? [];
  return {
    ...known('cgroupVersion', info.CgroupVersion),
    ...known('cgroupDriver', info.CgroupDriver),
    ...known('storageDriver', info.Driver),
    ...known('operatingSystemName', info.OperatingSystem),
    ...known('kernelVersion', info.KernelVersion),
    ...known('processors', info.NCPU),
    ...known('memoryBytes', info.MemTotal),
    ...known('architecture', info.Architecture),
    rootless: info.Rootless === true || options.some((option) => /(?:^|name=)rootless$/.test(option)),
    warnings: warnings(info),
  };
}

/** The engine's own warnings, and those it keeps to itself: Podman words none. */
function warnings(info: InfoAnswer): readonly string[] {
  const own = (info.Warnings ?? []).map((warning) => warning.replace(/^WARNING:\s*/, ''));
  const missing = abilities.filter(([member]) => info[member] === false).map(([, words]) => words);
  return [...own, ...missing.filter((words) => !own.some((warning) => warning.includes(words)))];
}

function known<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [name in Name]?: Value } {
  // A computed key loses its literal type.
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: Value });
}
