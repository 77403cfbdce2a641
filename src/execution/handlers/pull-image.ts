import { isEngineError } from '../../engine/engine-error.ts';
import type { PullProgress } from '../../engine/resource.ts';
import { isConnectionFault } from '../engine-liveness.ts';
import { imageMissing } from '../operation-failures.ts';
import type { OperationHandler, StepProgress } from '../operation-handler.ts';

/** `POST /images/create`, with news of every layer. Changed if the reference names another image than before. */
export const pullImage: OperationHandler<'pull-image'> = {
  lane: 'pull',
  run: async ({ reference, platform, services, previousId }, { engine, signal, progress }) => {
    try {
      const query = platform === undefined ? {} : { platform };
      for await (const line of engine.images.pull(reference, query, { signal })) progress(newsOf(line));
      const { Id: id } = await engine.images.inspect(reference, { signal });
      return { changed: id !== previousId, id };
    } catch (error) {
      if (signal.aborted || isConnectionFault(error) || !isEngineError(error)) throw error;
      throw imageMissing({ cause: error }, servicesWords(services), reference, error.message);
    }
  },
};

function newsOf({ id, status, progressDetail }: PullProgress): StepProgress {
  return {
    text: status,
    ...(progressDetail?.current === undefined ? {} : { current: progressDetail.current }),
    ...(progressDetail?.total === undefined ? {} : { total: progressDetail.total }),
    ...(id === undefined ? {} : { part: id }),
  };
}

function servicesWords(services: readonly string[]): string {
  const names = services.map((service) => `"${service}"`).join(', ');
  return names === '' ? 'the project' : `service ${names}`;
}
