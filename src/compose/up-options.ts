import type { HostNetwork } from '../engine/host-network.ts';
import type { EventSink } from '../events/event.ts';
import type { Confirmation } from '../plan/plan.ts';
import type { UpPolicy } from '../plan/up-policy.ts';
import type { Named } from '../project/project.ts';
import type { OneOffIdentity } from '../state/one-off.ts';
import type { LoadedProject } from './load-project-strictly.ts';

/** How an action that changes the engine is carried out. */
export interface CarryOutOptions {
  readonly signal?: AbortSignal;
  /** Told of everything that happens. */
  readonly onEvent?: EventSink;
  /** Most engine calls at a time; waits and stops do not count. */
  readonly parallelism?: number;
  /** Most image pulls at a time. */
  readonly pullParallelism?: number;
  /** Tell what would happen and write nothing to the engine. */
  readonly dryRun?: boolean;
  /** Answers the plan's questions. Without it every question has its default answer. */
  readonly confirm?: (question: Confirmation) => boolean | Promise<boolean>;
}

/** What the desired state of a project takes in beside the project. */
export interface DesiredInputs {
  /** `--compatibility`: container names are joined by `_`. */
  readonly compatibility?: boolean;
  /** Variables every container gets unless its service sets them: the client's proxy settings. */
  readonly containerEnvironment?: Named<string>;
  /** Reads a seccomp profile the project names. Without it the engine is given the path. */
  readonly readText?: (path: string) => Promise<string>;
  /** The network of the engine's machine: ports that programs have and blocks that routes cover are not assigned. */
  readonly hostNetwork?: HostNetwork;
  /** The text of a `config.json` with the user's registry logins, asked for by services with `use_api_socket`. */
  readonly registryLogins?: () => Promise<string>;
}

/** What `up` may be told. */
export interface UpOptions extends UpPolicy, DesiredInputs, CarryOutOptions {
  /** Lets faults that only planning finds point into the file. */
  readonly written?: Pick<LoadedProject, 'sources' | 'locate'>;
  /** One service's replicas are left alone for the container of a `run`, which is created and not started. */
  readonly oneOff?: OneOffIdentity;
  /** Longest time of each wait. */
  readonly waitTimeoutSeconds?: number;
}
