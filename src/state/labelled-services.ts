import { DEPENDENCY_CONDITIONS, type DependencyCondition } from '../project/service.ts';
import type { DesiredDependency } from './desired-state.ts';
import { DEPENDS_ON_LABEL } from './labels.ts';
import type { ObservedState } from './observed-state.ts';
import { noHooks } from './service-hooks.ts';
import type { StartableService } from './startable-service.ts';

/** The services of a project without a file, as the labels of its containers tell them (compose-surface 1.4, item 11). */
export function labelledServices({ containers }: ObservedState): readonly StartableService[] {
  const services = new Map<string, StartableService>();
  for (const { service, oneOff, labels } of containers) {
    if (oneOff || services.has(service)) continue;
    const dependencies = labelledDependencies(labels[DEPENDS_ON_LABEL] ?? '');
    services.set(service, { name: service, dependencies, files: [], runOnce: false, ready: undefined, hooks: noHooks });
  }
  return [...services.values()];
}

/** Reads a label such as `db:service_healthy:true,cache:service_started:false`; a bare name stands for the defaults. */
export function labelledDependencies(label: string): readonly DesiredDependency[] {
  return label.split(',').flatMap((entry) => {
    const [service = '', condition = '', restart = 'true'] = entry.split(':');
    if (service === '') return [];
    return [{ service, condition: conditionOf(condition), required: true, restart: restart === 'true' }];
  });
}

function conditionOf(word: string): DependencyCondition {
  return DEPENDENCY_CONDITIONS.find((condition) => condition === word) ?? 'service_started';
}
