import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../engine/build-error.ts';
import type { Builder, BuildNews, BuildRequest, BuildResult } from '../engine/builder.ts';
import type { CallOptions } from '../engine/engine.ts';
import { bakeTarget } from '../plan/render-bake.ts';
import { readBuildxLine } from './buildx-news.ts';
import { type BuildxBuilder, runBuildx } from './run-buildx.ts';

/** The one target of the bake file. */
const target = 'image';

/**
 * Builds with a builder of an installed buildx what the engine's own cannot. One platform comes to the engine; of several nothing does,
 * they stay with the builder or are pushed.
 */
export function createBuildxBuilder(
  buildx: BuildxBuilder,
  environment: Readonly<Record<string, string | undefined>>,
): Pick<Builder, 'build'> {
  return {
    build: async (request, onNews, call) => {
      const unseen = request.contexts.find(({ source }) => source.kind === 'build');
      if (unseen !== undefined) {
        const reason = `the builder ${JSON.stringify(buildx.name)} cannot see the build that is its context ${unseen.name}`;
        throw new BuildError('refused', reason);
      }
      const folder = await mkdtemp(join(tmpdir(), 'topsail-buildx-'));
      try {
        return await build(buildx, { request, environment, metadata: join(folder, 'metadata.json') }, onNews, call);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface BuildxBuild {
  readonly request: BuildRequest;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly metadata: string;
}

async function build(
  { program, name }: BuildxBuilder,
  { request, environment, metadata }: BuildxBuild,
  onNews: (news: BuildNews) => void,
  call: CallOptions | undefined,
): Promise<BuildResult> {
  const words: string[] = [];
  const take = linesOf((line) => {
    const news = readBuildxLine(line);
    if (news === undefined) words.push(line);
    else news.forEach(onNews);
  });
  const exitCode = await runBuildx(program, {
    bake: JSON.stringify({ target: { [target]: bakeTarget(request, request.publish === true) } }),
    targets: [target],
    builder: name,
    progress: 'rawjson',
    metadata,
    entitlements: [
      ...request.entitlements,
      ...(request.network === 'host' ? ['network.host'] : []),
      ...(request.agents.length > 0 ? ['ssh'] : []),
    ],
    environment: { ...environment, ...secretVariables(request), BUILDX_METADATA_PROVENANCE: 'disabled' },
    signal: call?.signal,
    onOutput: take,
  });
  call?.signal?.throwIfAborted();
  if (exitCode !== 0) throw new BuildError('failed', reasonOf(words));
  return readMetadata(metadata, request);
}

/** Variables of the project that secrets come from. */
function secretVariables({ secrets }: BuildRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    secrets.flatMap(({ variable, value }) =>
      variable === undefined || value === undefined ? [] : [[variable, value]],
    ),
  );
}

/** It says last what went wrong. */
function reasonOf(words: readonly string[]): string {
  const last = words.findLast((line) => line.trim() !== '') ?? 'buildx gave no reason';
  return last.replace(/^(?:ERROR: )?(?:failed to build: )?(?:failed to solve: )?/, '');
}

interface Metadata {
  readonly 'containerimage.digest'?: string;
  readonly 'containerimage.config.digest'?: string;
}

async function readMetadata(path: string, { platforms, publish }: BuildRequest): Promise<BuildResult> {
  const all = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, Metadata>>;
  const { 'containerimage.digest': digest, 'containerimage.config.digest': config } = all[target] ?? {};
  const id = platforms.length > 1 ? digest : (config ?? digest);
  if (id === undefined) throw new BuildError('failed', 'buildx made no image');
  return { id, ...(publish === true && digest !== undefined ? { digest } : {}) };
}

/** Hands on whole lines; the last one has its end, too. */
function linesOf(onLine: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  };
}
