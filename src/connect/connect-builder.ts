import { stdin } from 'node:process';
import type { Readable } from 'node:stream';
import { BuildError } from '../engine/build-error.ts';
import type { Builder } from '../engine/builder.ts';
import type { Engine } from '../engine/engine.ts';
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
  return {
    build: (request, onNews, call) =>
      orClassic(
        (builder) => builder.build(request, onNews, call),
        () => onNews({ kind: 'warning', text: 'the engine has no BuildKit: the classic builder is used', details: [] }),
      ),
    check: (request, call) =>
      orClassic(
        (builder) => builder.check(request, call),
        () => undefined,
      ),
  };
}

async function openBuildkit(
  engine: Engine,
  search: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
): Promise<Builder> {
  const { createBuildkitBuilder } = await import('../buildkit/create-buildkit-builder.ts');
  const login = dockerCredentials(search);
  return createBuildkitBuilder(engine, {
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
