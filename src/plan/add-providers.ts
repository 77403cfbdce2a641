import type { DesiredProvider } from '../state/desired-provider.ts';
import { variablePrefix } from '../state/desired-provider.ts';
import type { ObservedContainer } from '../state/observed-state.ts';
import type { Guard } from './plan.ts';
import type { UpWork } from './up-work.ts';

/** The node that runs a provider's `up`. */
export function provideId(service: string): string {
  return `provide service:${service}`;
}

/** The question whether the variables of a provider are others than those that containers have. */
export function providerChanged(service: string): Guard {
  return { kind: 'any-changed', nodes: [provideId(service)] };
}

/** Adds the runs of providers in scope: at every `up`, as only the program knows whether there is something to do. */
export function addProviders(work: UpWork): void {
  for (const provider of work.providers) {
    const { service, type, options, environment } = provider;
    work.draft.add({
      id: provideId(service),
      address: `service:${service}`,
      operation: {
        kind: 'provide-service',
        service,
        type,
        options,
        environment,
        previous: previousVariables(work, service),
      },
      needs: [],
      cause: `provided by ${type}`,
    });
  }
  for (const { service, dependencies } of work.providers)
    work.draft.need(provideId(service), dependencies.map(provideId));
}

/** Lets providers wait for the containers that they depend on, and starts of those that depend on them for providers. */
export function orderProviders(work: UpWork): void {
  const startsOf = (services: readonly string[]): readonly string[] =>
    work.draft
      .nodes()
      .filter(({ operation }) => operation.kind === 'start-container' && services.includes(operation.service))
      .map(({ id }) => id);
  for (const { service, dependencies } of work.providers) {
    work.draft.need(provideId(service), startsOf(dependencies));
    const dependents = work.services.filter((each) => each.service.providers.includes(service));
    for (const start of startsOf(dependents.map((each) => each.service.name))) {
      work.draft.need(start, [provideId(service)]);
    }
  }
}

/** The providers among targets and what those depend on; all of them without targets. */
export function providersInScope(
  providers: readonly DesiredProvider[],
  services: readonly { readonly providers: readonly string[] }[],
  targets: readonly string[],
  withoutDependencies: boolean,
): readonly DesiredProvider[] {
  if (targets.length === 0) return providers;
  const wanted = new Set(targets);
  if (!withoutDependencies) for (const service of services) for (const name of service.providers) wanted.add(name);
  return providers.filter(({ service }) => wanted.has(service));
}

function previousVariables(work: UpWork, provider: string): { readonly [name: string]: string } | undefined {
  const dependents = new Set(
    work.services.filter(({ service }) => service.providers.includes(provider)).map(({ service }) => service.name),
  );
  const containers = work.observed.containers.filter(({ service, oneOff }) => !oneOff && dependents.has(service));
  const [first] = containers.flatMap(({ inspect }) => inspect ?? []);
  return first === undefined ? undefined : variablesIn(first);
}

function variablesIn({ Config: config }: NonNullable<ObservedContainer['inspect']>): {
  readonly [name: string]: string;
} {
  const pairs = (config.Env ?? []).flatMap((entry): readonly (readonly [string, string])[] => {
    const equals = entry.indexOf('=');
    return equals < 0 ? [] : [[entry.slice(0, equals), entry.slice(equals + 1)]];
  });
  return Object.fromEntries(pairs);
}

/** Whether a variable of a container may come from a provider. */
export function isProvided(variable: string, providers: readonly string[]): boolean {
  return providers.some((provider) => variable.startsWith(variablePrefix(provider)));
}
