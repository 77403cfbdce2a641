import type { EngineDescription, EngineInformation } from '../engine/engine.ts';
import { engineFeatures } from '../state/api-requirements.ts';
import { isApiAtLeast } from '../state/api-version.ts';

/** Something of the Compose model that does not work, or works differently, on an engine. */
export interface EngineLimitation {
  /** The attribute or feature, such as `healthcheck.start_interval`. */
  readonly feature: string;
  /** What happens instead, and what would help. */
  readonly reason: string;
}

/** What will not work on an engine, from what it says of itself. */
export function engineLimitations(
  description: Pick<EngineDescription, 'product' | 'apiVersion'>,
  information: EngineInformation,
): readonly EngineLimitation[] {
  return [
    ...versionLimitations(description.apiVersion),
    ...(description.product === 'podman' ? podmanLimitations : []),
    ...rootlessLimitations(information),
    ...information.warnings.map((warning): EngineLimitation => ({ feature: warningFeature(warning), reason: warning })),
  ];
}

function versionLimitations(apiVersion: string): readonly EngineLimitation[] {
  return engineFeatures
    .filter((feature) => !isApiAtLeast(apiVersion, feature.apiVersion))
    .map(({ attribute, release, apiVersion: needed }) => ({
      feature: attribute,
      reason: `needs API ${needed} (Docker ${release}); this engine speaks ${apiVersion}`,
    }));
}

const podmanLimitations: readonly EngineLimitation[] = [
  {
    feature: 'healthcheck',
    reason:
      'Podman runs health checks by timers of systemd; where there are none, only Topsail runs them, while it waits',
  },
  {
    feature: 'links with another name',
    reason:
      'Podman has no links: a service is found by its name and its aliases; give it the name as an alias of its network',
  },
];

function rootlessLimitations({
  rootless,
  cgroupVersion,
  cgroupDriver,
}: EngineInformation): readonly EngineLimitation[] {
  if (!rootless) return [];
  const limits = cgroupVersion === '1' || cgroupDriver === 'none';
  return [
    { feature: 'ports below 1024', reason: 'a rootless engine may not publish them unless the system allows it' },
    ...(limits
      ? [
          {
            feature: 'cpus, mem_limit, pids_limit',
            reason: 'a rootless engine limits nothing without control groups version 2',
          },
        ]
      : []),
  ];
}

/** The attributes that the words of an engine's warning are about, in order of first match. */
const warningWords: readonly (readonly [words: RegExp, feature: string])[] = [
  [/swap limit/i, 'memswap_limit'],
  [/oom kill/i, 'oom_kill_disable'],
  [/memory/i, 'mem_limit, mem_reservation'],
  [/cfs|cpu quota/i, 'cpus, cpu_quota'],
  [/cpu ?shares/i, 'cpu_shares'],
  [/cpuset/i, 'cpuset'],
  [/pids/i, 'pids_limit'],
  [/blkio/i, 'blkio_config'],
  [/bridge-nf|ipv4 forwarding/i, 'networks'],
];

function warningFeature(warning: string): string {
  return warningWords.find(([words]) => words.test(warning))?.[1] ?? 'engine';
}
