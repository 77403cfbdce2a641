import type { UpFlags } from './commands/up.ts';
import { usageError } from './usage-error.ts';

/** Whether `up` returns once everything is up. */
export function isDetached(flags: UpFlags): boolean {
  return flags.detach === true || flags.wait === true || flags.start === false;
}

/** The services of `--attach`. */
export function attachedByName({ attach }: UpFlags): readonly string[] {
  return attach === undefined || attach === false ? [] : attach;
}

/** Refuses flags of `up` that contradict each other (compose-surface 1.5). */
export function checkUpFlags(flags: UpFlags): void {
  if (flags.watch === true) throw usageError('up --watch comes in a later version');
  const attach = attachedByName(flags).length > 0;
  const aborts =
    flags.abortOnContainerExit === true || flags.abortOnContainerFailure === true || flags.exitCodeFrom !== undefined;
  const stays = aborts || attach || flags.attachDependencies === true;
  if (flags.detach === true && stays) {
    throw usageError(
      '--detach cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch',
    );
  }
  if (flags.wait === true && stays) {
    throw usageError(
      flags.abortOnContainerFailure === true
        ? '--wait cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch'
        : '--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies',
    );
  }
  if (flags.abortOnContainerExit === true && flags.abortOnContainerFailure === true) {
    throw usageError('--abort-on-container-failure cannot be combined with --abort-on-container-exit');
  }
  if (attach && flags.attachDependencies === true)
    throw usageError('cannot combine --attach and --attach-dependencies');
  checkWaitTimeout(flags.waitTimeout);
}

/** Refuses a longest time of waits that is none. */
export function checkWaitTimeout(seconds: number | undefined): void {
  if (seconds !== undefined && seconds < 0) throw usageError('--wait-timeout must be a positive number of seconds');
}
