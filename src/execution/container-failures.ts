import { elapsedWords } from '../events/elapsed-words.ts';
import { defineFailure, type FailureFactory } from './define-failure.ts';
import { exitWords, memoryWords } from './exit-words.ts';

/** The container's process ended while somebody waited for it. */
export const containerExited: FailureFactory<
  [service: string, container: string, exitCode: number, engineWord: string]
> = defineFailure({
  code: 'container-exited',
  about:
    'The process of a container ended although it is waited for. Its exit code, signal and last log lines are shown; `topsail logs SERVICE` has the rest.',
  write: (service, container, exitCode, engineWord) => ({
    message: `service "${service}" failed: container ${container} exited (${exitCode})${exitWords(exitCode)}`,
    details: engineWord === '' ? [] : [engineWord],
  }),
});

/** The kernel killed it for using more memory than it may. */
export const outOfMemory: FailureFactory<[service: string, container: string, exitCode: number, limit: number]> =
  defineFailure({
    code: 'out-of-memory',
    about:
      'The kernel killed a process of the container because it reached its memory limit. Raise `deploy.resources.limits.memory` (or `mem_limit`), or let it use less.',
    write: (service, container, exitCode, limit) => ({
      message: `service "${service}" ran out of memory: container ${container} was killed${limit > 0 ? ` at its limit of ${memoryWords(limit)}` : ''} (exit ${exitCode})`,
    }),
  });

/** It was killed under a memory limit, and the engine did not hear from the kernel why. */
export const maybeOutOfMemory: FailureFactory<[service: string, container: string, exitCode: number, limit: number]> =
  defineFailure({
    code: 'maybe-out-of-memory',
    about:
      'A container that has a memory limit was killed with SIGKILL. The engine was not told that the kernel did it for want of memory; some do not hear of it when the container ends at once. If nobody else killed it, raise `deploy.resources.limits.memory` (or `mem_limit`).',
    write: (service, container, exitCode, limit) => ({
      message: `service "${service}" may have run out of memory: container ${container}, limited to ${memoryWords(limit)}, was killed (exit ${exitCode})`,
    }),
  });

/** The engine starts it again and again. */
export const crashLoop: FailureFactory<[service: string, container: string, exitCode: number, restarts: number]> =
  defineFailure({
    code: 'crash-loop',
    about:
      'The container ends right after each start and its restart policy starts it again. Topsail gives up at the third restart.',
    write: (service, container, exitCode, restarts) => ({
      message: `service "${service}" keeps crashing: container ${container} exited (${exitCode})${exitWords(exitCode)} and was restarted ${restarts} times`,
    }),
  });

/** The engine says that the check failed too often. */
export const dependencyUnhealthy: FailureFactory<[service: string, container: string]> = defineFailure({
  code: 'dependency-unhealthy',
  about:
    'The health check failed as often in a row as `healthcheck.retries` allows. The output of the last check is shown.',
  write: (service, container) => ({ message: `service "${service}" failed: container ${container} is unhealthy` }),
});

/** Nobody can tell whether it is healthy. */
export const noHealthcheck: FailureFactory<[service: string, container: string]> = defineFailure({
  code: 'no-healthcheck',
  about:
    'A service is waited for until it is healthy (`condition: service_healthy`), but neither the file nor its image declares a health check.',
  write: (service, container) => ({
    message: `service "${service}" failed: container ${container} has no healthcheck configured`,
    details: ['declare one under healthcheck, or depend on it with condition: service_started'],
  }),
});

/** A job ended with another exit code than 0. */
export const jobFailed: FailureFactory<[service: string, container: string, exitCode: number]> = defineFailure({
  code: 'job-failed',
  about:
    'A service that others wait for until it has completed (`condition: service_completed_successfully`) ended with an exit code other than 0.',
  write: (service, container, exitCode) => ({
    message: `service "${service}" didn't complete successfully: exit ${exitCode}${exitWords(exitCode)}`,
    details: [`container ${container}`],
  }),
});

/** Somebody removed it meanwhile. */
export const containerRemoved: FailureFactory<[service: string, container: string]> = defineFailure({
  code: 'container-removed',
  about: 'The container was removed by somebody else while Topsail worked with it.',
  write: (service, container) => ({
    message: `service "${service}" failed: container ${container} was removed meanwhile`,
  }),
});

/** A wait took longer than it may. */
export const waitTimeout: FailureFactory<
  [service: string, container: string, aim: string, milliseconds: number, state: string]
> = defineFailure({
  code: 'wait-timeout',
  about: 'A service did not get ready within `--wait-timeout`.',
  write: (service, container, aim, milliseconds, state) => ({
    message: `service "${service}" timed out: container ${container} did not get ${aim} within ${elapsedWords(milliseconds)}`,
    details: state === '' ? [] : [state],
  }),
});

/** It is to be probed from outside, and there is no way to it. */
export const notReachable: FailureFactory<[container: string, port: number]> = defineFailure({
  code: 'not-reachable',
  about:
    'A container is probed from outside (`x-topsail: {ready: ...}`), its port is not published, and its own address cannot be reached from this machine. Publish the port under `ports`, without a host port if any will do.',
  write: (container, port) => ({
    message: `port ${port} of container ${container} cannot be reached from here: it is not published, and the container's own address does not answer`,
  }),
});
