import { parseBooleanWord } from '../project/boolean-words.ts';
import { parseDecimalFraction, parseDecimalInteger } from '../project/go-number.ts';
import { type PathRules, pathRules } from './tree/path-rules.ts';

/** What a text is turned into at a path. */
export type CastKind = 'integer' | 'fraction' | 'boolean';

const patterns: Readonly<Record<CastKind, readonly string[]>> = {
  integer: [
    ...['cpu_count', 'cpu_period', 'cpu_quota', 'cpu_rt_period', 'cpu_rt_runtime', 'cpu_shares', 'oom_score_adj'],
    ...['pids_limit', 'scale', 'healthcheck.retries', 'ports.*.target'],
    ...['ulimits.*', 'ulimits.*.soft', 'ulimits.*.hard'],
    ...['deploy.replicas', 'deploy.update_config.parallelism', 'deploy.rollback_config.parallelism'],
    ...['deploy.restart_policy.max_attempts', 'deploy.placement.max_replicas_per_node'],
  ].map((path) => `services.*.${path}`),
  fraction: [
    ...['cpu_percent', 'cpus', 'deploy.update_config.max_failure_ratio', 'deploy.rollback_config.max_failure_ratio'],
  ].map((path) => `services.*.${path}`),
  boolean: [
    ...['init', 'oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty', 'healthcheck.disable'].map(
      (path) => `services.*.${path}`,
    ),
    ...['services.*.volumes.*.read_only', 'services.*.volumes.*.volume.nocopy'],
    ...['external', 'internal', 'attachable', 'enable_ipv4', 'enable_ipv6'].map((path) => `networks.*.${path}`),
    ...['volumes.*.external', 'secrets.*.external', 'configs.*.external'],
  ],
};

/** Where a text becomes a number or a boolean before the schema sees it (spec-facts section 7). */
export const castRules: PathRules<CastKind> = pathRules(
  (['integer', 'fraction', 'boolean'] as const).flatMap((kind) =>
    patterns[kind].map((pattern): readonly [string, CastKind] => [pattern, kind]),
  ),
);

/** A cast value; `outdated` marks a boolean word of YAML 1.1. */
export interface CastValue {
  readonly value: number | boolean;
  readonly outdated?: boolean;
}

/** Casts a text. Throws a RangeError that says what is wrong with it. */
export function castText(kind: CastKind, text: string): CastValue {
  switch (kind) {
    case 'integer':
      return { value: parseDecimalInteger(text) };
    case 'fraction':
      return { value: parseDecimalFraction(text) };
    case 'boolean': {
      const word = parseBooleanWord(text);
      if (word === undefined) throw new RangeError(`invalid boolean: ${text}`);
      return word;
    }
  }
}
