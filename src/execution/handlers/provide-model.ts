import { ModelRunnerError } from '../../engine/model-runner.ts';
import { modelFailed } from '../operation-failures.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** Fetches a model if it is missing, and sets it up. */
export const provideModel: OperationHandler<'provide-model'> = {
  lane: 'pull',
  run: async ({ key, model, missing, contextSize, runtimeFlags }, { models, signal, progress }) => {
    if (models === undefined) throw modelFailed({}, key, model, 'models cannot be served here');
    try {
      if (missing) {
        progress({ text: 'Pulling' });
        await models.pull(model, { signal });
      }
      progress({ text: 'Configuring' });
      await models.configure(
        { model, runtimeFlags, ...(contextSize === undefined ? {} : { contextSize }) },
        { signal },
      );
      return { changed: missing };
    } catch (error) {
      if (error instanceof ModelRunnerError) throw modelFailed({ cause: error }, key, model, error.message);
      throw error;
    }
  },
};
