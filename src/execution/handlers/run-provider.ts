import { ProviderError } from '../../engine/provider.ts';
import type { ProviderRun } from '../../plan/operation.ts';
import { variablePrefix } from '../../state/desired-provider.ts';
import { providerFailed } from '../operation-failures.ts';
import type { OperationHandler, Step } from '../operation-handler.ts';

/** Runs the `up` of a provider. Changed if it gives variables that containers do not have. */
export const provideService: OperationHandler<'provide-service'> = {
  lane: 'none',
  run: async (operation, step) => {
    const variables = await runProvider(operation, 'up', step);
    const previous = new Map(Object.entries(operation.previous ?? {}));
    return { changed: [...variables].some(([name, value]) => previous.get(name) !== value), variables };
  },
};

/** Runs the `down` of a provider. */
export const withdrawService: OperationHandler<'withdraw-service'> = {
  lane: 'none',
  run: async (operation, step) => {
    await runProvider(operation, 'down', step);
    return { changed: true };
  },
};

async function runProvider(
  { service, type, options, environment }: ProviderRun,
  action: 'up' | 'down',
  step: Step,
): Promise<ReadonlyMap<string, string>> {
  const { providers, project, signal } = step;
  if (providers === undefined) throw providerFailed({}, service, type, 'providers cannot be run here');
  const variables = new Map<string, string>();
  try {
    const request = { project, service, type, options, action, environment };
    for await (const message of providers.run(request, { signal })) {
      if (message.kind === 'news') step.progress({ text: message.text });
      if (message.kind !== 'variable') continue;
      variables.set(message.verbatim ? message.name : `${variablePrefix(service)}${message.name}`, message.value);
    }
  } catch (error) {
    if (error instanceof ProviderError) throw providerFailed({ cause: error }, service, type, error.message);
    throw error;
  }
  return variables;
}
