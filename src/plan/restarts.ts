import { mergeGuards } from './merge-guards.ts';
import type { Guard } from './plan.ts';

/** Containers that stay, but are stopped on the way and have to be started again. */
export interface Restarts {
  add(containerId: string, cause: string, guard: Guard | undefined): void;
  get(containerId: string): { readonly cause: string; readonly guard: Guard | undefined } | undefined;
}

/** Starts with none. A second reason keeps the first cause and joins the guards. */
export function createRestarts(): Restarts {
  const byId = new Map<string, { readonly cause: string; readonly guard: Guard | undefined }>();
  return {
    add: (containerId, cause, guard) => {
      const earlier = byId.get(containerId);
      byId.set(
        containerId,
        earlier === undefined ? { cause, guard } : { cause: earlier.cause, guard: mergeGuards(earlier.guard, guard) },
      );
    },
    get: (containerId) => byId.get(containerId),
  };
}
