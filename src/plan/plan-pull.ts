import type { ImageInspect } from '../engine/resource.ts';
import type { ImageRequest } from '../state/image-requests.ts';
import { fitsPlatform } from './fits-platform.ts';
import { pullId } from './image-nodes.ts';
import type { Plan } from './plan.ts';
import { createPlanDraft, type PlanDraft } from './plan-draft.ts';
import { longestAge } from './pull-age.ts';

/** What a caller of `planPull` decides. */
export interface PullPolicy {
  /** `--policy`, over every service's own. */
  readonly policy?: 'missing' | 'always';
  /** Leave out what can be built. */
  readonly ignoreBuildable?: boolean;
  /** A failed pull is a warning. */
  readonly ignoreFailures?: boolean;
}

/** What planning a pull takes in. */
export interface PullInputs {
  readonly project: string;
  readonly requests: readonly ImageRequest[];
  /** Images that are on the engine, by reference. */
  readonly images: ReadonlyMap<string, ImageInspect>;
}

/**
 * Plans the pull of services' images (compose-surface section 4.6): each image once for each platform, whoever uses it.
 * Services that pull nothing are notices with the reason.
 */
export function planPull({ project, requests, images }: PullInputs, policy: PullPolicy = {}): Plan {
  const draft = createPlanDraft();
  const pulls = new Map<string, PlannedPull>();
  for (const request of requests) {
    const decision = decide(request, images, policy);
    if ('skip' in decision) {
      const { service } = request;
      draft.notice({ kind: 'skipped', address: `service:${service}`, name: service, text: decision.skip });
      continue;
    }
    const key = `${decision.image} ${request.platform ?? ''}`;
    const known = pulls.get(key);
    pulls.set(key, {
      ...decision,
      platform: request.platform,
      services: [...(known?.services ?? []), request.service],
      stamped: known?.stamped === true || longestAge(request.policy) !== undefined,
    });
  }
  addPulls(draft, [...pulls.values()], images, policy);
  return draft.finish(project).plan;
}

interface PlannedPull {
  readonly image: string;
  readonly cause: string;
  readonly platform: string | undefined;
  readonly services: readonly string[];
  readonly stamped: boolean;
}

type Decision = { readonly skip: string } | Pick<PlannedPull, 'image' | 'cause'>;

function decide(request: ImageRequest, images: ReadonlyMap<string, ImageInspect>, options: PullPolicy): Decision {
  const { image, buildable, platform } = request;
  if (image === undefined) return { skip: 'Skipped - No image to be pulled' };
  const policy = options.policy ?? request.policy;
  if (policy === 'never' || policy === 'build') return { skip: 'Skipped' };
  const local = images.get(image);
  const present = local !== undefined && fitsPlatform(local, platform);
  if (present && (policy === 'missing' || policy === 'if_not_present')) {
    return { skip: 'Skipped - Image is already present locally' };
  }
  if (buildable && options.ignoreBuildable === true) return { skip: 'Skipped - Image can be built' };
  return { image, cause: present ? 'asked for' : 'not on the engine' };
}

/** One name holds one image on most engines, so the pulls of one name for several platforms come after each other. */
function addPulls(
  draft: PlanDraft,
  pulls: readonly PlannedPull[],
  images: ReadonlyMap<string, ImageInspect>,
  { ignoreFailures = false }: PullPolicy,
): void {
  const last = new Map<string, string>();
  for (const { image, platform, services, cause, stamped } of pulls) {
    const before = last.get(image);
    const id = draft.add({
      id: before === undefined ? pullId(image) : `${pullId(image)} ${platform ?? 'default platform'}`,
      address: `image:${image}`,
      operation: {
        kind: 'pull-image',
        reference: image,
        platform,
        services,
        previousId: images.get(image)?.Id,
        required: !ignoreFailures,
        stamped,
      },
      needs: before === undefined ? [] : [before],
      cause,
    });
    last.set(image, id);
  }
}
