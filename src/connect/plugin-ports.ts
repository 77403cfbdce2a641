import type { ModelRunner } from '../engine/model-runner.ts';
import type { ProviderCommands } from '../engine/provider.ts';
import type { EngineSearch } from './engine-search.ts';

/** The ports to programs beside the engine. Nothing is loaded or looked for before the first call. */
export interface PluginPorts {
  readonly providers: ProviderCommands;
  readonly models: ModelRunner;
}

/** Makes the ports for plugins of the user's docker command. */
export function pluginPorts(search: Pick<EngineSearch, 'environment' | 'homeDirectory'>): PluginPorts {
  return {
    providers: {
      run: async function* (request, call) {
        const { createProviderCommands } = await import('../process/provider-commands.ts');
        yield* createProviderCommands(search).run(request, call);
      },
    },
    models: lazyModels(async () => {
      const { createDockerModelRunner } = await import('../process/docker-model-runner.ts');
      return createDockerModelRunner(search);
    }),
  };
}

function lazyModels(open: () => Promise<ModelRunner>): ModelRunner {
  let opened: Promise<ModelRunner> | undefined;
  const runner = (): Promise<ModelRunner> => {
    opened ??= open();
    return opened;
  };
  return {
    endpoint: async (call) => (await runner()).endpoint(call),
    available: async (call) => (await runner()).available(call),
    pull: async (model, call) => (await runner()).pull(model, call),
    configure: async (settings, call) => (await runner()).configure(settings, call),
  };
}
