import { imageNeverPulled } from '../diagnostics/plan-diagnostics.ts';
import type { ImageInspect } from '../engine/resource.ts';
import { parseDuration } from '../project/duration.ts';
import type { DesiredService } from '../state/desired-state.ts';
import type { ObservedState } from '../state/observed-state.ts';
import type { PlanDraft } from './plan-draft.ts';

const MILLISECONDS_PER_DAY = 86_400_000;

/** Why an image is pulled, if it is. */
export interface ImageVerdict {
  readonly reference: string;
  readonly platform: string | undefined;
  /** The image the engine has for this reference, if it fits the platform. */
  readonly present: ImageInspect | undefined;
  readonly pull: 'missing' | 'policy' | undefined;
  /** The policy that asks for a pull of a present image. */
  readonly policy: string;
  readonly services: readonly string[];
}

/**
 * Decides for each distinct image whether it is pulled (compose-surface section 4.6). Reports an absent image that must
 * not be pulled.
 */
export function assessImages(
  services: readonly DesiredService[],
  observed: ObservedState,
  pull: string | undefined,
  draft: PlanDraft,
): ReadonlyMap<string, ImageVerdict> {
  const verdicts = new Map<string, ImageVerdict>();
  for (const service of services) {
    const policy = pull ?? service.pullPolicy;
    const present = fitting(observed.images.get(service.image), service.platform);
    const reason =
      present === undefined ? 'missing' : isDue(policy, present, observed.observedAt) ? 'policy' : undefined;
    if (reason === 'missing' && policy === 'never') {
      draft.report(imageNeverPulled(`services.${service.name}.image`, service.name, service.image));
    }
    const earlier = verdicts.get(service.image);
    verdicts.set(service.image, {
      reference: service.image,
      platform: earlier?.platform ?? service.platform,
      present,
      pull: earlier?.pull ?? reason,
      policy: earlier?.pull === undefined ? policy : earlier.policy,
      services: [...(earlier?.services ?? []), service.name],
    });
  }
  return verdicts;
}

/** Names that machines give themselves, by the names that images carry. */
const architectures: ReadonlyMap<string, string> = new Map([
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
]);

/** An image for another platform counts as absent. */
function fitting(image: ImageInspect | undefined, platform: string | undefined): ImageInspect | undefined {
  const [system, machine, variant] = platform?.split('/') ?? [];
  const architecture = machine === undefined ? undefined : (architectures.get(machine) ?? machine);
  if (image === undefined || system === undefined) return image;
  if (image.Os !== undefined && image.Os !== '' && image.Os !== system) return undefined;
  if (architecture !== undefined && image.Architecture !== undefined && image.Architecture !== architecture) {
    return undefined;
  }
  const actual = image.Variant ?? '';
  return variant !== undefined && actual !== '' && actual !== variant ? undefined : image;
}

function isDue(policy: string, image: ImageInspect, now: number): boolean {
  if (policy === 'always') return true;
  const age = longestAge(policy);
  if (age === undefined) return false;
  const tagged = Date.parse(image.Metadata?.LastTagTime ?? '');
  return Number.isNaN(tagged) || tagged + age <= now;
}

/** Milliseconds an image may be old under `daily`, `weekly` and `every_<duration>`. */
function longestAge(policy: string): number | undefined {
  if (policy === 'daily') return MILLISECONDS_PER_DAY;
  if (policy === 'weekly') return 7 * MILLISECONDS_PER_DAY;
  if (!policy.startsWith('every_')) return undefined;
  try {
    return parseDuration(policy.slice('every_'.length)) / 1e6;
  } catch {
    return undefined;
  }
}
