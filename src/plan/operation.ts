import type { BuildRequest } from '../engine/builder.ts';
import type { ContainerCreateRequest, EndpointRequest } from '../engine/container.ts';
import type { ExecRequest } from '../engine/engine.ts';
import type { NetworkCreateRequest, VolumeCreateRequest } from '../engine/resource.ts';
import type { Address } from '../state/address.ts';
import type { InjectedFile } from '../state/desired-state.ts';
import type { ReadyProbe } from '../state/ready-probe.ts';

/**
 * Which container an operation acts on. `known` is one that was observed; `latest` is whatever the address holds when
 * the operation runs: the result of a create node of this plan, else the observed `id`.
 */
export type ContainerTarget =
  | { readonly kind: 'known'; readonly id: string; readonly name: string }
  | { readonly kind: 'latest'; readonly address: Address; readonly name: string; readonly id: string | undefined };

/**
 * What a wait waits for. Readiness counts only for the container's current start. `confirmed` is `running-or-healthy` that the
 * engine shows too, where it checks so often that this takes no time to speak of.
 */
export type WaitCondition =
  | 'running'
  | 'healthy'
  | 'running-or-healthy'
  | 'confirmed'
  | 'running-or-completed'
  | 'completed';

/** Ids of containers that only the execution knows: texts of the request that they replace. */
export interface OpenReferences {
  readonly ids: readonly { readonly text: string; readonly container: ContainerTarget }[];
  /** What the label of the configuration is a hash of, with the same texts in it. */
  readonly hashed: string;
}

/** One run of the program that provides a service. */
export interface ProviderRun {
  readonly service: string;
  readonly type: string;
  readonly options: { readonly [name: string]: readonly string[] };
  readonly environment: { readonly [name: string]: string };
}

/** One retryable step that leaves a recognisable state (mostly one engine call), or one wait. */
export type Operation =
  | {
      readonly kind: 'pull-image';
      readonly reference: string;
      readonly platform: string | undefined;
      readonly services: readonly string[];
      /** The image's id before the pull, which decides whether it changed. */
      readonly previousId: string | undefined;
      /** A failed pull that is not required ends as skipped, with a warning. */
      readonly required: boolean;
      /** Note the time on the image, for policies that go by its age. */
      readonly stamped: boolean;
    }
  | {
      readonly kind: 'push-image';
      readonly reference: string;
      readonly services: readonly string[];
      /** A failed push that is not required ends as skipped, with a warning. */
      readonly required: boolean;
    }
  | {
      readonly kind: 'build-image';
      readonly reference: string;
      readonly services: readonly string[];
      readonly request: BuildRequest;
      /** As of a pull. */
      readonly previousId: string | undefined;
    }
  | ({
      readonly kind: 'provide-service';
      /** Variables that a dependent container has; undefined without any container. */
      readonly previous: { readonly [name: string]: string } | undefined;
    } & ProviderRun)
  | ({ readonly kind: 'withdraw-service' } & ProviderRun)
  | {
      /** Fetches a model if it is missing, and sets it up. */
      readonly kind: 'provide-model';
      readonly key: string;
      /** What reports call it. */
      readonly name: string;
      readonly model: string;
      readonly missing: boolean;
      readonly contextSize: number | undefined;
      readonly runtimeFlags: readonly string[];
    }
  | { readonly kind: 'create-network'; readonly key: string; readonly request: NetworkCreateRequest }
  | { readonly kind: 'remove-network'; readonly id: string; readonly name: string }
  | { readonly kind: 'create-volume'; readonly key: string; readonly request: VolumeCreateRequest }
  | { readonly kind: 'remove-volume'; readonly name: string }
  | {
      readonly kind: 'create-container';
      readonly service: string;
      readonly number: number;
      /** The name the create call uses: the final one, or a temporary one while the old container lives. */
      readonly name: string;
      readonly platform: string | undefined;
      readonly request: ContainerCreateRequest;
      /** Endpoints beyond what the create call can carry (API below 1.44), connected right after. */
      readonly connect: readonly { readonly network: string; readonly request: EndpointRequest }[];
      /** Ids that the request waits for. */
      readonly references?: OpenReferences;
      /** Provided services whose variables go into the environment. */
      readonly providers?: readonly string[];
      /** The container it takes the place of, and the name that passes on. */
      readonly former?: { readonly id: string; readonly name: string };
    }
  | {
      readonly kind: 'connect-network';
      readonly container: ContainerTarget;
      readonly network: string;
      readonly request: EndpointRequest;
    }
  | {
      readonly kind: 'disconnect-network';
      readonly container: ContainerTarget;
      readonly network: string;
    }
  | { readonly kind: 'copy-files'; readonly container: ContainerTarget; readonly files: readonly InjectedFile[] }
  | { readonly kind: 'start-container'; readonly service: string; readonly container: ContainerTarget }
  | {
      readonly kind: 'wait-container';
      readonly service: string;
      readonly container: ContainerTarget;
      readonly condition: WaitCondition;
      /** Decides over readiness in place of the container's own health check. */
      readonly ready?: ReadyProbe;
      /** Who waits, for the words of the report: `web`, or empty for `--wait`. */
      readonly dependents: readonly string[];
      /** A failed wait that is not required ends as skipped, with a warning. */
      readonly required: boolean;
    }
  | {
      readonly kind: 'stop-container';
      readonly service: string;
      readonly container: ContainerTarget;
      /** Seconds; undefined leaves the container's own. */
      readonly timeoutSeconds: number | undefined;
    }
  | {
      readonly kind: 'run-hook';
      readonly service: string;
      readonly container: ContainerTarget;
      readonly moment: 'post_start' | 'pre_stop';
      /** Which of the hooks of that moment, from 0. */
      readonly index: number;
      readonly request: ExecRequest;
    }
  | {
      readonly kind: 'run-pre-start';
      readonly service: string;
      /** Which of the hooks, from 0. */
      readonly index: number;
      readonly platform: string | undefined;
      readonly request: ContainerCreateRequest;
      /** The container whose volumes it gets. */
      readonly volumesFrom: ContainerTarget;
      /** Networks beyond what the create call can carry (API below 1.44). */
      readonly connect: readonly string[];
    }
  | {
      readonly kind: 'restart-container';
      readonly service: string;
      readonly container: ContainerTarget;
      /** Seconds; undefined leaves the container's own. */
      readonly timeoutSeconds: number | undefined;
    }
  | {
      readonly kind: 'kill-container';
      readonly service: string;
      readonly container: ContainerTarget;
      /** Such as `SIGHUP`. */
      readonly signal: string;
    }
  | { readonly kind: 'pause-container'; readonly service: string; readonly container: ContainerTarget }
  | { readonly kind: 'unpause-container'; readonly service: string; readonly container: ContainerTarget }
  | {
      readonly kind: 'remove-container';
      readonly service: string;
      readonly container: ContainerTarget;
      /** Also its anonymous volumes. */
      readonly volumes: boolean;
    }
  | { readonly kind: 'rename-container'; readonly container: ContainerTarget; readonly name: string }
  | { readonly kind: 'remove-image'; readonly reference: string }
  /** Removes what a new build has replaced, if it has no name any more and nothing uses it. */
  | { readonly kind: 'remove-leftover'; readonly id: string };

/** The discriminator of {@link Operation}. */
export type OperationKind = Operation['kind'];

/** One kind's variant. */
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;
