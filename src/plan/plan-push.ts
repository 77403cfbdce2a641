import type { ImageRequest } from '../state/image-requests.ts';
import type { Plan } from './plan.ts';
import { createPlanDraft } from './plan-draft.ts';

/** What a caller of `planPush` decides. */
export interface PushPolicy {
  /** A failed push is a warning. */
  readonly ignoreFailures?: boolean;
}

/**
 * Plans the push of what services build, each name once: the image and the further tags of the build. Services that build
 * nothing, or nothing with a name of its own, are notices.
 */
export function planPush(project: string, requests: readonly ImageRequest[], policy: PushPolicy = {}): Plan {
  const draft = createPlanDraft();
  const pushes = new Map<string, readonly string[]>();
  for (const { service, image, tags, buildable } of requests) {
    if (image === undefined || !buildable) {
      const why = buildable ? 'It has no image name' : 'It is not built';
      draft.notice({ kind: 'skipped', address: `service:${service}`, name: service, text: `Skipped - ${why}` });
      continue;
    }
    for (const name of [image, ...tags]) pushes.set(name, [...new Set([...(pushes.get(name) ?? []), service])]);
  }
  for (const [reference, services] of pushes) {
    draft.add({
      id: `push image:${reference}`,
      address: `image:${reference}`,
      operation: { kind: 'push-image', reference, services, required: policy.ignoreFailures !== true },
      needs: [],
      cause: 'asked for',
    });
  }
  return draft.finish(project).plan;
}
