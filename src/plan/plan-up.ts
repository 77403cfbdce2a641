import type { Address } from '../state/address.ts';
import type { DesiredService, DesiredState } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { addBuilds, addLeftoverRemovals } from './add-builds.ts';
import { addModels } from './add-models.ts';
import { withMountedImages } from './add-mounted-images.ts';
import { addOrphans } from './add-orphans.ts';
import { addProviders, orderProviders, providersInScope } from './add-providers.ts';
import { addReplicas } from './add-replicas.ts';
import { addMissingNetworks, addPulls, addVolumes, previousImage } from './add-resources.ts';
import { addStarts } from './add-starts.ts';
import type { StartedReplica } from './add-waits.ts';
import { assessImages, type ImageVerdict } from './assess-images.ts';
import { assessNetwork } from './assess-networks.ts';
import { assessService, type ServiceVerdict } from './assess-replicas.ts';
import { assessVolume } from './assess-volumes.ts';
import { checkApiVersion } from './check-api-version.ts';
import { delayStops } from './delay-stops.ts';
import { finishReplacements } from './finish-replacements.ts';
import { groupBy } from './group-by.ts';
import { imageNodes } from './image-nodes.ts';
import { presentNeighbours } from './neighbours.ts';
import { noticeRunning, noticeUnchanged } from './notice-unchanged.ts';
import { orderConflicts } from './order-conflicts.ts';
import type { PlanResult } from './plan.ts';
import { createPlanDraft, type PlanDraft } from './plan-draft.ts';
import { releaseReplacedVolumes } from './release-replaced-volumes.ts';
import { replaceNetworks } from './replace-networks.ts';
import { restartDependents } from './restart-dependents.ts';
import { restartSharers } from './restart-sharers.ts';
import { createRestarts } from './restarts.ts';
import { type ServiceScope, serviceScope } from './service-scope.ts';
import { startReason } from './start-reason.ts';
import type { RecreateStrategy, UpPolicy } from './up-policy.ts';
import type { UpWork } from './up-work.ts';

/** One-offs have no number; their address has this one. */
const ONE_OFF_NUMBER = 0;

/**
 * Plans what makes the engine hold what the project wants: one pure function of what is wanted, what is there and what
 * the caller decided. Problems that only desired and observed state together show are diagnostics, with the path of the
 * attribute; with an error among them the plan is empty.
 */
export function planUp(desired: DesiredState, observed: ObservedState, policy: UpPolicy = {}): PlanResult {
  const draft = createPlanDraft(desired.services);
  for (const text of desired.warnings) draft.notice({ kind: 'warning', text });
  const work = assess(desired, observed, policy, draft);
  const restarts = createRestarts();
  addPulls(work);
  addBuilds(work.images, (image) => previousImage(work, image), draft);
  addModels(work);
  addProviders(work);
  addMissingNetworks(work);
  addVolumes(work);
  const made = addReplicas(work);
  addOrphans(work);
  releaseReplacedVolumes(work);
  restartDependents(work, made, restarts);
  const replicas = replaceNetworks(work, made, restarts);
  restartSharers(work, replicas, restarts);
  const started =
    policy.start === false
      ? new Map<Address, StartedReplica>()
      : addStarts({ ...work, imageNodes: (reference) => imageNodes(work.images.get(reference)) }, replicas, {
          reasonOf: (replica) => startReason(replica, restarts),
          onUnchanged: (replica) => noticeUnchanged(draft, replica),
        });
  if (policy.start === false) for (const replica of replicas) noticeRunning(draft, replica);
  orderProviders(work);
  finishReplacements(work, replicas, started);
  orderConflicts(work, replicas);
  delayStops(work, replicas);
  addLeftoverRemovals(work.images, desired.project, draft);
  return draft.finish(desired.project);
}

/** Compares every resource in scope with the engine, before any step is planned. */
function assess(desired: DesiredState, observed: ObservedState, policy: UpPolicy, draft: PlanDraft): UpWork {
  const scope = serviceScope(desired.services, policy.targets, policy.withoutDependencies);
  const inScope = resourcesInScope(desired, scope);
  checkApiVersion(scope.services, inScope.networks, observed.apiVersion, draft);
  const networks = new Map(inScope.networks.map((each) => [each.key, assessNetwork(each, observed, draft)]));
  const volumes = new Map(inScope.volumes.map((each) => [each.key, assessVolume(each, observed, draft)]));
  const running = scope.services.filter((service) => scaleOf(service, policy) > 0);
  const all = [...desired.services, ...desired.contextServices];
  const imagePolicy = { pull: policy.pull, build: policy.build ?? 'missing', all } as const;
  const images = withMountedImages(
    assessImages(running.flatMap(withHookImages), observed, imagePolicy, draft),
    running,
    observed,
  );
  const containers = groupBy(
    observed.containers.filter(({ oneOff }) => !oneOff),
    ({ service }) => service,
  );
  const volumeNames = new Map(desired.volumes.map(({ key, name }) => [key, name]));
  const verdicts = new Map<string, ServiceVerdict>();
  for (const service of scope.services) {
    if (service.oneOff === true) {
      verdicts.set(service.name, { service, replicas: [{ kind: 'create', number: ONE_OFF_NUMBER }], surplus: [] });
      continue;
    }
    const verdict = assessService(service, {
      containers: containers.get(service.name) ?? [],
      apiVersion: observed.apiVersion,
      image: images.get(service.image) ?? unusedImage(service),
      networks,
      volumeNames,
      strategy: strategyOf(service, scope, policy),
      scale: scaleOf(service, policy),
      neighbours: presentNeighbours(service, verdicts, containers, draft),
      draft,
    });
    verdicts.set(service.name, verdict);
  }
  const services = [...verdicts.values()];
  const { targets = [], withoutDependencies = false } = policy;
  const providers = providersInScope(desired.providers, scope.services, targets, withoutDependencies);
  return { desired, observed, policy, services, networks, volumes, images, providers, draft };
}

/** With services named by the caller only what they use is touched. */
function resourcesInScope(desired: DesiredState, scope: ServiceScope): Pick<DesiredState, 'networks' | 'volumes'> {
  if (scope.services.length === desired.services.length) return desired;
  const networks = new Set(scope.services.flatMap((service) => service.networks));
  const volumes = new Set(scope.services.flatMap((service) => service.volumes));
  return {
    networks: desired.networks.filter(({ key }) => networks.has(key)),
    volumes: desired.volumes.filter(({ key }) => volumes.has(key)),
  };
}

function scaleOf(service: DesiredService, policy: UpPolicy): number {
  return policy.scale?.get(service.name) ?? service.scale;
}

/** Images of hooks are there under the same rules as the service's own; nobody builds them. */
function withHookImages(service: DesiredService): readonly DesiredService[] {
  const pullPolicy = service.pullPolicy === 'build' ? 'missing' : service.pullPolicy;
  const others = service.hooks.preStart.filter(({ image }) => image !== service.image);
  return [service, ...others.map(({ image }) => ({ ...service, image, pullPolicy, build: undefined }))];
}

/** A service without replicas needs no image. */
function unusedImage(service: DesiredService): ImageVerdict {
  return {
    reference: service.image,
    platform: service.platform,
    present: undefined,
    pull: undefined,
    build: undefined,
    policy: service.pullPolicy,
    stamped: false,
    services: [],
  };
}

function strategyOf(service: DesiredService, scope: ServiceScope, policy: UpPolicy): RecreateStrategy {
  const { recreate = 'diverged', recreateDependencies = recreate === 'never' ? 'never' : 'diverged' } = policy;
  return scope.targets.has(service.name) ? recreate : recreateDependencies;
}
