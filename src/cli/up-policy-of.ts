import type { UpPolicy } from '../plan/up-policy.ts';
import type { Named } from '../project/project.ts';
import { isTrue } from '../source/environment-switch.ts';
import { usageError } from './usage-error.ts';

/** The flags that `up` and `plan` share. */
export interface UpPolicyFlags {
  readonly forceRecreate?: boolean;
  /** `--no-recreate` */
  readonly recreate?: boolean;
  readonly alwaysRecreateDeps?: boolean;
  /** `--no-deps` */
  readonly deps?: boolean;
  readonly scale?: readonly string[];
  readonly removeOrphans?: boolean;
  /** `--no-start` */
  readonly start?: boolean;
  readonly renewAnonVolumes?: boolean;
  readonly pull?: string;
  readonly build?: boolean;
  readonly noBuild?: boolean;
  readonly timeout?: number;
  readonly wait?: boolean;
  readonly detach?: boolean;
}

const pullPolicies = ['always', 'missing', 'if_not_present', 'never', 'build'];

/** What the flags decide beyond the file. Throws a usage error for flags that contradict each other. */
export function upPolicyOf(services: readonly string[], flags: UpPolicyFlags, environment: Named<string>): UpPolicy {
  checkPolicyFlags(flags);
  const force = flags.forceRecreate === true || flags.renewAnonVolumes === true;
  const removeOrphans = flags.removeOrphans ?? isTrue(environment['COMPOSE_REMOVE_ORPHANS']);
  const ignoreOrphans = isTrue(environment['COMPOSE_IGNORE_ORPHANS']);
  if (removeOrphans && ignoreOrphans) throw usageError('cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans');
  return {
    targets: services,
    removeOrphans,
    ignoreOrphans,
    recreate: flags.recreate === false ? 'never' : force ? 'force' : 'diverged',
    ...(flags.alwaysRecreateDeps === true ? { recreateDependencies: 'force' } : {}),
    ...(flags.build === true ? { build: 'always' } : {}),
    ...(flags.noBuild === true ? { build: 'never' } : {}),
    withoutDependencies: flags.deps === false,
    start: flags.start !== false,
    wait: flags.wait === true,
    confirmHealth: flags.wait === true || flags.detach === true,
    renewAnonymousVolumes: flags.renewAnonVolumes === true,
    scale: new Map((flags.scale ?? []).map(parseScale)),
    ...(flags.pull === undefined ? {} : { pull: flags.pull === 'if_not_present' ? 'missing' : flags.pull }),
    ...(flags.timeout === undefined ? {} : { stopTimeoutSeconds: flags.timeout }),
  };
}

function checkPolicyFlags(flags: UpPolicyFlags): void {
  if (flags.build === true && flags.noBuild === true) throw usageError('--build and --no-build are incompatible');
  if (flags.recreate === false) {
    if (flags.forceRecreate === true) throw usageError('--force-recreate and --no-recreate are incompatible');
    if (flags.alwaysRecreateDeps === true)
      throw usageError('--always-recreate-deps and --no-recreate are incompatible');
    if (flags.renewAnonVolumes === true) throw usageError('--renew-anon-volumes and --no-recreate are incompatible');
  }
  if (flags.pull !== undefined && !pullPolicies.includes(flags.pull)) {
    throw usageError(`invalid --pull option ${JSON.stringify(flags.pull)}`, `use one of ${pullPolicies.join(', ')}`);
  }
}

function parseScale(text: string): readonly [service: string, count: number] {
  const { service, count } = /^(?<service>[^=]+)=(?<count>\d+)$/.exec(text)?.groups ?? {};
  if (service === undefined || count === undefined) {
    throw usageError(`invalid --scale option ${JSON.stringify(text)}. Should be SERVICE=NUM`);
  }
  return [service, Number(count)];
}
