import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { errorMessage } from '../diagnostics/thrown.ts';
import { BuildError } from '../engine/build-error.ts';
import type { Builder, BuildRequest } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { packContext } from '../source/pack-context.ts';
import { buildQuery, refuseBuildkitOnly } from './build-query.ts';
import { createClassicLog } from './classic-log.ts';

/** What a classic builder needs beside the engine. */
export interface ClassicBuilderOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** For a context that is read from there. */
  readonly standardInput: () => Readable;
}

/** Builds by `POST /build`, for engines without BuildKit and for DOCKER_BUILDKIT=0. */
export function createClassicBuilder(engine: Engine, { clock, standardInput }: ClassicBuilderOptions): Builder {
  return {
    check: () =>
      Promise.reject(
        new BuildError('refused', "the classic builder doesn't support checks, set DOCKER_BUILDKIT=1 to use BuildKit"),
      ),
    build: async (request, onNews, call = {}) => {
      refuseBuildkitOnly(request);
      const { tar, dockerfile } = await openContext(request, standardInput);
      const log = createClassicLog();
      try {
        for await (const line of engine.images.build(
          tar,
          buildQuery(request, dockerfile, engine.description.product),
          call,
        )) {
          for (const news of log.accept(line, clock.now())) onNews(news);
        }
      } catch (error) {
        const sentence = errorMessage(error);
        for (const news of log.end(sentence, clock.now())) onNews(news);
        if (call.signal?.aborted === true || !isEngineError(error, 'server', 'bad-request', 'not-found')) throw error;
        throw new BuildError('failed', sentence, { cause: error });
      }
      for (const news of log.end(undefined, clock.now())) onNews(news);
      // The log may name the image by half its id.
      const { Id: id } = await engine.images.inspect(request.tags[0] ?? log.image() ?? '', call);
      return { id };
    },
  };
}

async function openContext(
  { context, dockerfile = 'Dockerfile', dockerfileText }: BuildRequest,
  standardInput: () => Readable,
): Promise<{ readonly tar: AsyncIterable<Uint8Array>; readonly dockerfile: string | undefined }> {
  if (context.kind === 'archive') {
    return { tar: context.path === '-' ? standardInput() : createReadStream(context.path), dockerfile };
  }
  if (context.kind === 'remote') return { tar: nothing(), dockerfile };
  if (context.kind !== 'folder') throw new BuildError('refused', 'a build context cannot be an image');
  if (!(await exists(context.path))) {
    throw new BuildError('refused', `unable to prepare context: path ${JSON.stringify(context.path)} not found`);
  }
  if (dockerfileText !== undefined) return packContext(context.path, { text: dockerfileText });
  if (!(await exists(join(context.path, dockerfile))) && !(await exists(dockerfile))) {
    throw new BuildError('failed', `the Dockerfile ${dockerfile} does not exist`);
  }
  return packContext(context.path, { path: dockerfile });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // A remote context has no body.
}
