import type { UpWork } from './up-work.ts';

/** The node that makes a model available. */
export function provideModelId(key: string): string {
  return `provide model:${key}`;
}

/** Adds what makes the models of services in scope available. */
export function addModels(work: UpWork): void {
  const used = new Set(work.services.flatMap(({ service }) => service.models));
  for (const { key, name, model, missing, contextSize, runtimeFlags } of work.desired.models) {
    if (!used.has(key)) continue;
    work.draft.add({
      id: provideModelId(key),
      address: `model:${key}`,
      operation: { kind: 'provide-model', key, name, model, missing, contextSize, runtimeFlags },
      needs: [],
      cause: missing ? 'not there yet' : 'set up at every start',
    });
  }
}
