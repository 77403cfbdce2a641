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
}

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
    warnings: (info.Warnings ?? []).map((warning) => warning.replace(/^WARNING:\s*/, '')),
  };
}

function known<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [name in Name]?: Value } {
  // A computed key loses its literal type.
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: Value });
}
