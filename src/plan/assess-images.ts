import { imageNeverPulled } from '../diagnostics/plan-diagnostics.ts';
import type { ImageInspect } from '../engine/resource.ts';
import type { DesiredService } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import { type BuildStrategy, buildOf, buildsDiffer, type ImageBuild } from './assess-builds.ts';
import { fitsPlatform } from './fits-platform.ts';
import type { PlanDraft } from './plan-draft.ts';
import { isOlder, longestAge } from './pull-age.ts';

/** Why an image is pulled, if it is. */
export interface ImageVerdict {
  readonly reference: string;
  readonly platform: string | undefined;
  /** The image the engine has for this reference, if it fits the platform. */
  readonly present: ImageInspect | undefined;
  readonly pull: 'missing' | 'policy' | undefined;
  /** The policy that asks for a pull of a present image. */
  readonly policy: string;
  /** Whether the policy of a service goes by the image's age. */
  readonly stamped: boolean;
  readonly services: readonly string[];
  /** A failed pull is no failure: the image can be built. */
  readonly build: ImageBuild | undefined;
}

/** What decides about images beside services and engine. */
export interface ImagePolicy {
  /** `--pull`, over every service's own policy. */
  readonly pull: string | undefined;
  readonly build: BuildStrategy;
  /** Every service of the project: builds may take those of others as contexts. */
  readonly all: readonly DesiredService[];
}

/**
 * Decides for each distinct image whether it is pulled or built (compose-surface section 4.6). Reports an absent image that may be
 * neither. Images that are only contexts of builds come last.
 */
export function assessImages(
  services: readonly DesiredService[],
  observed: ObservedState,
  policy: ImagePolicy,
  draft: PlanDraft,
): ReadonlyMap<string, ImageVerdict> {
  const verdicts = new Map<string, ImageVerdict>();
  const byName = new Map(policy.all.map((service) => [service.name, service]));
  for (const service of services) {
    const own = assessImage(service, observed, policy, byName);
    const earlier = verdicts.get(service.image);
    verdicts.set(service.image, earlier === undefined ? own : joinVerdicts(earlier, own, draft));
  }
  reportNeverPulled(services, verdicts, policy.pull, draft);
  addContextBuilds(verdicts, byName, observed);
  return verdicts;
}

/** What another service pulls or builds is there for all. */
function reportNeverPulled(
  services: readonly DesiredService[],
  verdicts: ReadonlyMap<string, ImageVerdict>,
  override: string | undefined,
  draft: PlanDraft,
): void {
  for (const { name, image, pullPolicy } of services) {
    const verdict = verdicts.get(image);
    const comes = verdict?.present !== undefined || verdict?.pull !== undefined || verdict?.build !== undefined;
    if (!comes && isForbidden(override ?? pullPolicy)) {
      draft.report(imageNeverPulled(`services.${name}.image`, name, image));
    }
  }
}

function isForbidden(policy: string): boolean {
  return policy === 'never' || policy === 'build';
}

function assessImage(
  service: DesiredService,
  observed: ObservedState,
  { pull, build: strategy }: ImagePolicy,
  services: ReadonlyMap<string, DesiredService>,
): ImageVerdict {
  const present = fitting(observed.images.get(service.image), service.platform);
  const buildable = strategy === 'never' ? undefined : service.build;
  const policy = buildable !== undefined && strategy === 'always' ? 'build' : (pull ?? service.pullPolicy);
  const verdict = {
    reference: service.image,
    platform: service.platform,
    present,
    policy,
    stamped: longestAge(service.pullPolicy) !== undefined,
    services: [service.name],
  };
  if (buildable !== undefined && (policy === 'build' || present === undefined)) {
    // Nobody has pushed an image under the name that a build without `image` gets.
    const mayPull = policy !== 'build' && policy !== 'never' && buildable.named;
    const cause = policy === 'build' ? askedFor(strategy) : 'not on the engine';
    const build = buildOf(service, services, cause, mayPull);
    return { ...verdict, pull: mayPull ? 'missing' : undefined, build };
  }
  const missing = present === undefined && !isForbidden(policy);
  const due = isDue(policy, present, observed.observedAt);
  return { ...verdict, pull: missing ? 'missing' : due ? 'policy' : undefined, build: undefined };
}

function askedFor(strategy: BuildStrategy): string {
  return strategy === 'always' ? '--build' : 'pull_policy build';
}

/** One pull and one build for all services with an image: the first one's. */
function joinVerdicts(first: ImageVerdict, second: ImageVerdict, draft: PlanDraft): ImageVerdict {
  const [one, other] = [first.build, second.build];
  if (one !== undefined && other !== undefined && buildsDiffer(one.request, other.request)) {
    const [builder = ''] = first.services;
    const text = `services ${[...first.services, ...second.services].join(', ')} build different images under the name ${first.reference}; it becomes that of ${builder}`;
    draft.notice({ kind: 'warning', text });
  }
  const build = one ?? other;
  return {
    ...first,
    platform: first.platform ?? second.platform,
    pull: build?.afterPull === false ? undefined : (first.pull ?? second.pull),
    policy: first.pull === undefined ? second.policy : first.policy,
    stamped: first.stamped || second.stamped,
    build,
    services: [...first.services, ...second.services],
  };
}

/** A build whose context is the build of another service has that one built too, and so on. */
function addContextBuilds(
  verdicts: Map<string, ImageVerdict>,
  services: ReadonlyMap<string, DesiredService>,
  observed: ObservedState,
): void {
  // Entries that are added on the way are visited as well.
  for (const { reference, build } of verdicts.values()) {
    for (const need of build?.needs ?? []) {
      const known = verdicts.get(need);
      const service = [...services.values()].find(({ image, build: own }) => image === need && own !== undefined);
      if (service === undefined || known?.build?.afterPull === false) continue;
      const cause = `a context of ${reference}`;
      verdicts.delete(need);
      verdicts.set(need, {
        reference: need,
        platform: service.platform,
        present: fitting(observed.images.get(need), service.platform),
        policy: 'build',
        stamped: false,
        services: known?.services ?? [service.name],
        pull: undefined,
        build: buildOf(service, services, known?.build?.cause ?? cause, false),
      });
    }
  }
}

/** An image for another platform counts as absent. */
function fitting(image: ImageInspect | undefined, platform: string | undefined): ImageInspect | undefined {
  return image !== undefined && fitsPlatform(image, platform) ? image : undefined;
}

function isDue(policy: string, image: ImageInspect | undefined, now: number): boolean {
  if (image === undefined) return false;
  if (policy === 'always') return true;
  const age = longestAge(policy);
  return age !== undefined && isOlder(image, age, now);
}
