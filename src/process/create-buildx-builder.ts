import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../engine/build-error.ts';
import type { Builder, BuildNews, BuildRequest, BuildResult } from '../engine/builder.ts';
import type { CallOptions } from '../engine/engine.ts';
import { bakeTarget, targetId } from '../plan/render-bake.ts';
import { readBuildxLine } from './buildx-news.ts';
import { type BuildxBuilder, runBuildx } from './run-buildx.ts';

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
      const bake = bakeFile(request, buildx.name);
      const folder = await mkdtemp(join(tmpdir(), 'topsail-buildx-'));
      try {
        return await build(
          buildx,
          { request, bake, environment, metadata: join(folder, 'metadata.json') },
          onNews,
          call,
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface BakeFile {
  readonly text: string;
  /** The target to build. */
  readonly target: string;
  /** The request and those of the builds that are its contexts. */
  readonly requests: readonly BuildRequest[];
}

/** The request as a bake file. The builder makes what its contexts are anew, since it does not see the images of the engine. */
function bakeFile(request: BuildRequest, builder: string): BakeFile {
  const contexts = contextBuilds(request, builder);
  let target = 'image';
  while (contexts.has(target)) target = `_${target}`;
  const targets = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, each] of contexts) {
    targets.set(name, { ...bakeTarget({ ...each, tags: [], cacheTo: [] }, false), output: ['type=cacheonly'] });
  }
  targets.set(target, bakeTarget(request, request.publish === true));
  return {
    text: JSON.stringify({ target: Object.fromEntries(targets) }),
    target,
    requests: [request, ...contexts.values()],
  };
}

/** The builds that contexts of a request are, and those of their contexts, by the names of their targets. */
function contextBuilds(request: BuildRequest, builder: string): ReadonlyMap<string, BuildRequest> {
  const found = new Map<string, BuildRequest>();
  const add = ({ contexts }: BuildRequest): void => {
    for (const { name, source } of contexts) {
      if (source.kind !== 'build') continue;
      if (source.request === undefined) {
        const reason = `the builder ${JSON.stringify(builder)} cannot see the build that is its context ${name}`;
        throw new BuildError('refused', reason);
      }
      const id = targetId(source.service);
      if (found.has(id)) continue;
      found.set(id, source.request);
      add(source.request);
    }
  };
  add(request);
  return found;
}

interface BuildxBuild {
  readonly request: BuildRequest;
  readonly bake: BakeFile;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly metadata: string;
}

async function build(
  { program, name }: BuildxBuilder,
  { request, bake, environment, metadata }: BuildxBuild,
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
    bake: bake.text,
    targets: [bake.target],
    builder: name,
    progress: 'rawjson',
    metadata,
    entitlements: [...new Set(bake.requests.flatMap(allowances))],
    environment: {
      ...environment,
      ...Object.fromEntries(bake.requests.flatMap((each) => Object.entries(secretVariables(each)))),
      BUILDX_METADATA_PROVENANCE: 'disabled',
    },
    signal: call?.signal,
    onOutput: take,
  });
  call?.signal?.throwIfAborted();
  if (exitCode !== 0) throw new BuildError('failed', reasonOf(words));
  return readMetadata(metadata, bake.target, request);
}

/** What the bake file may ask for. */
function allowances({ entitlements, network, agents }: BuildRequest): readonly string[] {
  return [...entitlements, ...(network === 'host' ? ['network.host'] : []), ...(agents.length > 0 ? ['ssh'] : [])];
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

async function readMetadata(path: string, target: string, { platforms, publish }: BuildRequest): Promise<BuildResult> {
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
