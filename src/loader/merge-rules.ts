import { type PathRules, pathRules } from './tree/path-rules.ts';

/**
 * How two values of one attribute merge where the default (mappings deep, lists appended, scalars replaced) does not
 * hold (spec-facts section 10, Compose Specification "Merge").
 */
export type MergeRule =
  /** The later value stands, null included. */
  | 'replace'
  /** Mappings and single texts become lists of `KEY=VALUE`; the lists are appended and made unique later. */
  | 'list'
  /** Lists of names become mappings with {condition, required}. */
  | 'dependencies'
  /** Lists of names become mappings with null. */
  | 'names'
  /** A text becomes {context}. */
  | 'build'
  /** Mappings become `host=address` items; only new items are appended. */
  | 'extra-hosts'
  /** Another driver replaces the whole mapping. */
  | 'logging'
  /** Address pools are matched by subnet. */
  | 'pools';

const patterns: Readonly<Record<MergeRule, readonly string[]>> = {
  replace: ['services.*.command', 'services.*.entrypoint', 'services.*.healthcheck.test', 'services.*.ulimits.*'],
  list: [
    ...['annotations', 'build.args', 'build.additional_contexts', 'build.labels', 'deploy.labels'],
    ...['dns', 'dns_opt', 'dns_search', 'env_file', 'label_file', 'environment', 'labels', 'sysctls', 'tmpfs'],
  ].map((path) => `services.*.${path}`),
  dependencies: ['services.*.depends_on'],
  names: ['services.*.networks', 'services.*.models'],
  build: ['services.*.build'],
  'extra-hosts': ['services.*.extra_hosts', 'services.*.build.extra_hosts'],
  logging: ['services.*.logging'],
  pools: ['networks.*.ipam.config'],
};

/** Where which rule holds. */
export const mergeRules: PathRules<MergeRule> = pathRules([
  ...Object.entries(patterns).flatMap(([rule, paths]) =>
    paths.map((path): readonly [string, MergeRule] => [path, rule as MergeRule]),
  ),
  ['networks.*.labels', 'list'],
  ['volumes.*.labels', 'list'],
]);
