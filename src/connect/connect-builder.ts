import { stdin } from 'node:process';
import type { Readable } from 'node:stream';
import { BuildError } from '../engine/build-error.ts';
import type { Builder, BuildNews } from '../engine/builder.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { dockerCredentials, everyLogin } from './docker-credentials.ts';
import type { EngineSearch } from './engine-search.ts';
import { systemClock } from './system-clock.ts';

/**
 * What builds images on an engine: its BuildKit, or the classic builder if the engine has none or `DOCKER_BUILDKIT` is false. The
 * adapter is loaded with the first build.
 */
export function connectBuilder(engine: Engine, search: Pick<EngineSearch, 'environment' | 'homeDirectory'>): Builder {
  let chosen: Promise<Builder> | undefined;
  const wanted = search.environment['DOCKER_BUILDKIT'] ?? '';
  const open = (): Promise<Builder> => (isFalse(wanted) ? openClassic(engine, search) : openBuildkit(engine, search));
  const orClassic = async <Result>(
    work: (builder: Builder) => Promise<Result>,
    onFallback: () => void,
  ): Promise<Result> => {
    chosen ??= open();
    try {
      return await work(await chosen);
    } catch (error) {
      if (isFalse(wanted) || !isEngineError(error, 'not-found', 'unsupported')) throw error;
      onFallback();
      chosen = openClassic(engine, search);
      return work(await chosen);
    }
  };
  const buildOnEngine: Builder['build'] = (request, onNews, call) =>
    orClassic(
      (builder) => builder.build(request, onNews, call),
      () => onNews({ kind: 'warning', text: 'the engine has no BuildKit: the classic builder is used', details: [] }),
    );
  return {
    build: async (request, onNews, call) => {
      try {
        return await buildOnEngine(request, onNews, call);
      } catch (error) {
        if (!(error instanceof BuildError && error.elsewhere !== undefined)) throw error;
        const elsewhere = await openElsewhere(search, error, onNews, call);
        return await elsewhere.build(request, onNews, call);
      }
    },
    check: (request, call) =>
      orClassic(
        (builder) => builder.check(request, call),
        () => undefined,
      ),
  };
}

/** What the engine cannot do a builder of an installed buildx may; throws the refusal if there is none. */
async function openElsewhere(
  search: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
  refusal: BuildError,
  onNews: (news: BuildNews) => void,
  call: CallOptions | undefined,
): Promise<Pick<Builder, 'build'>> {
  const { findOtherBuilder } = await import('../process/run-buildx.ts');
  const found = await findOtherBuilder(search, call?.signal);
  if (found === undefined) throw refusal;
  const [reason] = refusal.message.split(';');
  onNews({ kind: 'warning', text: `${String(reason)}: the builder ${found.name} of buildx builds`, details: [] });
  const { createBuildxBuilder } = await import('../process/create-buildx-builder.ts');
  return createBuildxBuilder(found, search.environment);
}

async function openBuildkit(
  engine: Engine,
  search: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
): Promise<Builder> {
  const { createBuildkitBuilder } = await import('../buildkit/create-buildkit-builder.ts');
  const login = dockerCredentials(search);
  return createBuildkitBuilder(engine, {
    clock: systemClock,
    environment: search.environment,
    agentSocket: search.environment['SSH_AUTH_SOCK'],
    standardInput: inputOnce(),
    logins: (host, signal) => login(`${host}/any/image`, { signal }),
  });
}

async function openClassic(
  engine: Engine,
  search: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
): Promise<Builder> {
  const { createClassicBuilder } = await import('../classic-builder/create-classic-builder.ts');
  return createClassicBuilder(engine, {
    clock: systemClock,
    standardInput: inputOnce(),
    logins: (call) => everyLogin(search, call),
  });
}

/** Standard input can be read by one build. */
function inputOnce(): () => Readable {
  let taken = false;
  return () => {
    if (stdin.isTTY) throw new BuildError('refused', 'the context is standard input, which is a terminal');
    if (taken) throw new BuildError('refused', 'the context is standard input, which another build has read');
    taken = true;
    return stdin;
  };
}

/** As Go reads a boolean. */
function isFalse(text: string): boolean {
  return ['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text);
}
