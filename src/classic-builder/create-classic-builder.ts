import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import { errorMessage } from '../diagnostics/thrown.ts';
import { BuildError } from '../engine/build-error.ts';
import type { Builder, BuildRequest } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { CallOptions, Engine, RegistryCredentials } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { contextKind } from '../source/context-kind.ts';
import { packContext } from '../source/pack-context.ts';
import { buildQuery, leftOut, refuseBuildkitOnly } from './build-query.ts';
import { createClassicLog } from './classic-log.ts';

/** What a classic builder needs beside the engine. */
export interface ClassicBuilderOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** For a context that is read from there. */
  readonly standardInput: () => Readable;
  /** Logins for base images, by the address of their registry. */
  readonly logins: (call: CallOptions) => Promise<ReadonlyMap<string, RegistryCredentials>>;
}

/** Builds by `POST /build`, for engines without BuildKit and for DOCKER_BUILDKIT=0. */
export function createClassicBuilder(engine: Engine, options: ClassicBuilderOptions): Builder {
  const { clock, standardInput } = options;
  return {
    check: () =>
      Promise.reject(
        new BuildError('refused', "the classic builder doesn't support checks, set DOCKER_BUILDKIT=1 to use BuildKit"),
      ),
    build: async (request, onNews, call = {}) => {
      refuseBuildkitOnly(request);
      for (const what of leftOut(request)) {
        onNews({ kind: 'warning', text: `the classic builder has no ${what}`, details: [] });
      }
      const { tar, dockerfile } = await openContext(request, standardInput);
      const log = createClassicLog();
      try {
        const query = buildQuery(request, dockerfile, engine.description.product);
        const logins = await options.logins(call);
        for await (const line of engine.images.build(tar, { query, logins }, call)) {
          for (const news of log.accept(line, clock.now())) onNews(news);
        }
      } catch (error) {
        const sentence = errorMessage(error);
        for (const news of log.end(sentence, clock.now())) onNews(news);
        if (call.signal?.aborted === true || !isEngineError(error, 'server', 'bad-request', 'not-found')) throw error;
        throw new BuildError('failed', sentence, { exitCode: exitCodeOf(sentence), cause: error });
      }
      for (const news of log.end(undefined, clock.now())) onNews(news);
      // The log may name the image by half its id.
      const { Id: id } = await engine.images.inspect(request.tags[0] ?? log.image() ?? '', call);
      return { id };
    },
  };
}

/** The engine says it in words. */
function exitCodeOf(sentence: string): number | undefined {
  const [, code] = /returned a non-zero code: (\d+)$/.exec(sentence) ?? [];
  return code === undefined ? undefined : Number(code);
}

async function openContext(
  { context, dockerfile = 'Dockerfile', dockerfileText }: BuildRequest,
  standardInput: () => Readable,
): Promise<{ readonly tar: AsyncIterable<Uint8Array>; readonly dockerfile: string | undefined }> {
  if (context.kind === 'image' || context.kind === 'build' || context.kind === 'layout') {
    throw new BuildError('refused', 'a build context cannot be an image');
  }
  if (context.kind === 'remote') {
    requireDockerfileInside(dockerfile, dockerfileText, 'an address');
    return { tar: nothing(), dockerfile };
  }
  const kind = context.path === '-' ? 'archive' : await contextKind(context.path);
  if (kind === undefined) {
    throw new BuildError('refused', `unable to prepare context: path ${JSON.stringify(context.path)} not found`);
  }
  if (kind === 'archive') {
    requireDockerfileInside(dockerfile, dockerfileText, 'an archive');
    return { tar: context.path === '-' ? standardInput() : createReadStream(context.path), dockerfile };
  }
  if (dockerfileText !== undefined) return packContext(context.path, { text: dockerfileText });
  if (!(await exists(join(context.path, dockerfile))) && !(await exists(dockerfile))) {
    throw new BuildError('failed', `the Dockerfile ${dockerfile} does not exist`);
  }
  return packContext(context.path, { path: dockerfile });
}

function requireDockerfileInside(dockerfile: string, text: string | undefined, context: string): void {
  if (text === undefined && !isAbsolute(dockerfile)) return;
  throw new BuildError(
    'refused',
    `the classic builder doesn't support a Dockerfile outside of a context that is ${context}, set DOCKER_BUILDKIT=1 to use BuildKit`,
  );
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
