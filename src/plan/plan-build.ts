import type { BuildAgent } from '../engine/builder.ts';
import type { DesiredService, DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addBuilds, addLeftoverRemovals } from './add-builds.ts';
import { assessImages } from './assess-images.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';
import { serviceScope } from './service-scope.ts';

/** What a caller of `planBuild` decides beyond the file. */
export interface BuildPolicy {
  /** Services named by the caller; empty or absent means all that have a build. */
  readonly targets?: readonly string[];
  /** `--with-dependencies`: also what they depend on. */
  readonly withDependencies?: boolean;
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
}

/** Plans the builds of a project and nothing else: for every platform that the file names. */
export function planBuild(desired: DesiredState, observed: ObservedState, policy: BuildPolicy = {}): PlanResult {
  const draft = createPlanDraft();
  const { services } = serviceScope(desired.services, policy.targets, policy.withDependencies !== true);
  const all = desired.services.map((service) => adjusted(service, policy));
  const chosen = new Set(services.filter(({ build }) => build !== undefined).map(({ name }) => name));
  const images = assessImages(
    all.filter(({ name }) => chosen.has(name)),
    observed,
    { pull: undefined, build: 'always', all },
    draft,
  );
  addBuilds(images, ({ present }) => present?.Id, draft);
  addLeftoverRemovals(images, desired.project, draft);
  return draft.finish(desired.project);
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
        ...(platforms.length === 0 ? {} : { platforms }),
        arguments: { ...request.arguments, ...Object.fromEntries(policy.arguments ?? []) },
        noCache: request.noCache || policy.noCache === true,
        pull: request.pull || policy.pull === true,
        agents: withAgents(request.agents, policy.agents ?? []),
        ...(policy.memory === undefined ? {} : { memory: policy.memory }),
        ...(policy.provenance === undefined ? {} : { provenance: policy.provenance }),
        ...(policy.sbom === undefined ? {} : { sbom: policy.sbom }),
      },
    },
  };
}

function withAgents(own: readonly BuildAgent[], more: readonly BuildAgent[]): readonly BuildAgent[] {
  return [...own.filter(({ id }) => !more.some((other) => other.id === id)), ...more];
}
