import type { BuildAgent } from '../engine/builder.ts';
import type { DesiredService, DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addBuilds, addLeftoverRemovals } from './add-builds.ts';
import { assessImages } from './assess-images.ts';
import { buildId } from './image-nodes.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft, type PlanDraft } from './plan-draft.ts';
import { serviceScope } from './service-scope.ts';

/** What a caller of `planBuild` decides beyond the file. */
export interface BuildPolicy {
  /** Services named by the caller; empty or absent means all that have a build. */
  readonly targets?: readonly string[];
  /** `--with-dependencies`: also what they depend on. */
  readonly withDependencies?: boolean;
  /** For containers of this engine: one platform is enough. */
  readonly onePlatform?: boolean;
  readonly noCache?: boolean;
  /** `--pull`: look for newer base images. */
  readonly pull?: boolean;
  /** `--build-arg`, over the arguments of the file. */
  readonly arguments?: ReadonlyMap<string, string>;
  /** `--ssh`: over the agents and keys of the file. */
  readonly agents?: readonly BuildAgent[];
  /** `--memory`, in bytes. */
  readonly memory?: number;
  readonly provenance?: string;
  readonly sbom?: string;
  /** `--push`: of services with an `image`, the names of what was built. */
  readonly push?: boolean;
}

/** The services of a build as the policy has them. */
export interface ChosenBuilds {
  /** Whose builds were asked for. */
  readonly chosen: readonly DesiredService[];
  /** Of the whole project: builds may take those of others as contexts. */
  readonly all: readonly DesiredService[];
}

/** Applies a policy to the builds of a project. */
export function chooseBuilds(desired: DesiredState, policy: BuildPolicy): ChosenBuilds {
  const { services } = serviceScope(desired.services, policy.targets, policy.withDependencies !== true);
  const names = new Set(services.filter(({ build }) => build !== undefined).map(({ name }) => name));
  const all = [...desired.services, ...desired.contextServices].map((service) => adjusted(service, policy));
  return { chosen: all.filter(({ name }) => names.has(name)), all };
}

/** Plans the builds of a project and nothing else: for every platform that the file names. */
export function planBuild(desired: DesiredState, observed: ObservedState, policy: BuildPolicy = {}): PlanResult {
  const draft = createPlanDraft();
  const { chosen, all } = chooseBuilds(desired, policy);
  const images = assessImages(chosen, observed, { pull: undefined, build: 'always', all }, draft);
  addBuilds(images, ({ present }) => present?.Id, draft);
  addLeftoverRemovals(images, desired.project, draft);
  if (policy.push === true) addPushes(chosen, draft);
  return draft.finish(desired.project);
}

/** Each name once, after the build that gives it. */
function addPushes(services: readonly DesiredService[], draft: PlanDraft): void {
  for (const { name, image, build } of services) {
    if (build?.named !== true) continue;
    for (const reference of build.request.tags) {
      const id = `push image:${reference}`;
      if (draft.get(id) !== undefined) continue;
      draft.add({
        id,
        address: `image:${reference}`,
        operation: { kind: 'push-image', reference, services: [name], required: true },
        needs: [buildId(image)],
        cause: '--push',
        guard: { kind: 'unless-pushed', node: buildId(image) },
      });
    }
  }
}

function adjusted(service: DesiredService, policy: BuildPolicy): DesiredService {
  if (service.build === undefined) return service;
  const { request, platforms } = service.build;
  return {
    ...service,
    build: {
      ...service.build,
      request: {
        ...request,
        ...(platforms.length === 0 || policy.onePlatform === true ? {} : { platforms }),
        arguments: { ...request.arguments, ...Object.fromEntries(policy.arguments ?? []) },
        noCache: request.noCache || policy.noCache === true,
        pull: request.pull || policy.pull === true,
        agents: withAgents(request.agents, policy.agents ?? []),
        ...(policy.memory === undefined ? {} : { memory: policy.memory }),
        ...(policy.provenance === undefined ? {} : { provenance: policy.provenance }),
        ...(policy.sbom === undefined ? {} : { sbom: policy.sbom }),
        ...(policy.push === true && service.build.named ? { publish: true } : {}),
      },
    },
  };
}

function withAgents(own: readonly BuildAgent[], more: readonly BuildAgent[]): readonly BuildAgent[] {
  return [...own.filter(({ id }) => !more.some((other) => other.id === id)), ...more];
}
