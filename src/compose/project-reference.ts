import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { Project } from '../project/project.ts';

/**
 * A project as actions on existing containers know it: by name alone, or with its loaded model (compose-surface 1.4, items
 * 10 and 11).
 */
export interface ProjectReference {
  readonly name: string;
  readonly project: Project | undefined;
}

/** Refuses service names that a loaded model does not know. Without a model every name is taken as it is. */
export function checkServiceNames(reference: ProjectReference, services: readonly string[]): void {
  const { project } = reference;
  if (project === undefined) return;
  const known = new Set([
    ...Object.keys(project.services),
    ...Object.keys(project.origin.disabledServices),
    ...project.origin.enabledServices,
  ]);
  const unknown = services.find((service) => !known.has(service));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, known);
  throw new TopsailError('no-such-service', `no such service: ${unknown}`, {
    details: meant === undefined ? [] : [`did you mean ${meant}?`],
  });
}
