import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { BuildError } from '../engine/build-error.ts';
import type { BuildCheck, Builder, BuildNews, BuildRequest, BuildResult } from '../engine/builder.ts';
import type { Clock } from '../engine/clock.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { type BuildContexts, layOutContexts } from './build-contexts.ts';
import { openSecrets, type ReadSecret } from './build-secrets.ts';
import type { CacheEnvironment } from './cache-entries.ts';
import { contentMethods } from './content-service.ts';
import { fileSyncMethod } from './file-sync-service.ts';
import { type FolderCaches, openFolderCaches } from './folder-caches.ts';
import { entitlementsOf, frontendAttributes } from './frontend-attributes.ts';
import { askFrontend } from './gateway-solve.ts';
import { createGrpcClient, type GrpcClient } from './grpc-client.ts';
import type { GrpcMethod } from './grpc-server.ts';
import { withHostGateway } from './host-gateway.ts';
import { refuseForStore } from './image-store-limits.ts';
import { decodeMessage } from './protobuf-reader.ts';
import { openBuildSession } from './session.ts';
import { credentialsMethod, healthMethod, type RegistryLogins, secretsMethod } from './simple-services.ts';
import { solveError } from './solve-error.ts';
import { encodeSolveRequest, encodeStatusRequest, type SolveRequest } from './solve-request.ts';
import { decodeStatus } from './solve-status.ts';
import { type OpenAgent, openAgents, sshMethods } from './ssh-service.ts';
import { uploadMethod } from './upload-service.ts';

/** What the frontend has to know for questions. */
const subrequests = 'moby.buildkit.frontend.subrequests';
const control = '/moby.buildkit.v1.Control';
/** The status stream ends with the build; a builder that forgets to end it is not waited for longer than this, in milliseconds. */
const longestGoodbye = 3000;

/** What a BuildKit builder needs beside the engine. */
export interface BuildkitOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly logins: RegistryLogins;
  /** For caches that are reached by variables. */
  readonly environment: CacheEnvironment;
  /** `SSH_AUTH_SOCK` */
  readonly agentSocket: string | undefined;
  /** For a context that is read from there. */
  readonly standardInput: () => Readable;
}

/**
 * Builds with the BuildKit inside the engine: `POST /grpc` for the build, `POST /session` for what the build asks of this machine.
 * An engine without BuildKit rejects with an EngineError `not-found` or `unsupported`.
 */
export function createBuildkitBuilder(engine: Engine, options: BuildkitOptions): Builder {
  return {
    build: async (request, onNews, call) => {
      await refuseForStore(request, engine, options.environment, call);
      const caches = await openFolderCaches(request, options.environment, options.clock.now());
      for (const text of caches.unread) onNews({ kind: 'warning', text, details: [] });
      try {
        const work: SolveWork<BuildAnswer> = (client, solving, signal) => solve(client, solving, onNews, signal);
        const answer = await withSession(engine, { request, caches }, options, call, work);
        await caches.keep(answer.cacheManifest);
        return { id: answer.id };
      } finally {
        await caches.close();
      }
    },
    check: async (request, call) => {
      // Nothing is kept, so that no store has to be able to.
      const caches = await openFolderCaches({ cacheFrom: [], cacheTo: [] }, {}, options.clock.now());
      return withSession(engine, { request, caches }, options, call, check);
    },
  };
}

/** What a solve gave. */
interface BuildAnswer extends BuildResult {
  /** What the builder says of the cache that it has exported, as JSON. */
  readonly cacheManifest: string | undefined;
}

type SolveWork<Result> = (client: GrpcClient, request: SolveRequest, signal: AbortSignal) => Promise<Result>;

/** Opens what a build needs, and closes it whatever comes of the work. */
async function withSession<Result>(
  engine: Engine,
  { request, caches }: { readonly request: BuildRequest; readonly caches: FolderCaches },
  options: BuildkitOptions,
  call: CallOptions | undefined,
  work: SolveWork<Result>,
): Promise<Result> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ...(call?.signal === undefined ? [] : [call.signal])]);
  const agents = await openAgents(request.agents, options.agentSocket);
  const secrets = await openSecrets(request.secrets);
  const contexts = await layOutContexts(request, engine, signal);
  try {
    return await buildOver(engine, { request, caches, contexts, agents, secrets, signal, options }, work);
  } finally {
    over.abort();
    await contexts.close();
  }
}

interface PreparedBuild {
  readonly request: BuildRequest;
  readonly caches: FolderCaches;
  readonly contexts: BuildContexts;
  readonly agents: ReadonlyMap<string, OpenAgent>;
  readonly secrets: ReadSecret;
  readonly signal: AbortSignal;
  readonly options: BuildkitOptions;
}

async function buildOver<Result>(engine: Engine, build: PreparedBuild, work: SolveWork<Result>): Promise<Result> {
  const { contexts, signal } = build;
  const faults: unknown[] = [];
  const note = (fault: unknown): void => void faults.push(fault);
  const session = await openBuildSession(engine, sessionMethods(build), contexts.sharedKey, note, signal);
  try {
    const client = createGrpcClient(await engine.upgrade({ path: '/grpc', protocol: 'h2c' }, { signal }));
    try {
      const extraHosts = await withHostGateway(build.request.extraHosts, client, engine, signal);
      const request = { ...build.request, extraHosts };
      return await work(client, solveRequestOf({ ...build, request }, session.id), signal);
    } catch (error) {
      // What went wrong on this side says more than what the builder heard of it.
      if (error instanceof BuildError && faults[0] instanceof Error) error.cause = faults[0];
      throw error;
    } finally {
      client.close();
    }
  } finally {
    session.close();
  }
}

function sessionMethods(build: PreparedBuild): ReadonlyMap<string, GrpcMethod> {
  const { caches, contexts, agents, secrets, options } = build;
  const { folders, archives } = contexts;
  const stores = new Map([...caches.stores, ...contexts.stores]);
  return new Map([
    ['/grpc.health.v1.Health/Check', healthMethod],
    ['/moby.filesync.v1.Auth/Credentials', credentialsMethod(options.logins)],
    ['/moby.filesync.v1.FileSync/DiffCopy', fileSyncMethod(folders)],
    ['/moby.buildkit.secrets.v1.Secrets/GetSecret', secretsMethod(secrets)],
    ...(archives.size === 0
      ? []
      : [['/moby.upload.v1.Upload/Pull', uploadMethod(archives, options.standardInput)] as const]),
    ...(agents.size === 0 ? [] : sshMethods(agents)),
    ...(stores.size === 0 ? [] : contentMethods(stores, options.clock)),
  ]);
}

function solveRequestOf({ request, caches, contexts }: PreparedBuild, session: string): SolveRequest {
  const imports = caches.imports.map(({ type, attributes }) => ({ Type: type, Attrs: attributes }));
  return {
    reference: randomUUID().replaceAll('-', ''),
    session,
    frontend: 'dockerfile.v0',
    attributes: {
      ...frontendAttributes(request),
      ...contexts.attributes,
      ...(imports.length === 0 ? {} : { 'cache-imports': JSON.stringify(imports) }),
    },
    inputs: contexts.inputs,
    exporter: { type: 'moby', attributes: request.tags.length === 0 ? {} : { name: request.tags.join(',') } },
    cacheImports: caches.imports,
    cacheExports: caches.exports,
    entitlements: entitlementsOf(request),
  };
}

/** Warnings of the frontend's own rules. */
async function check(client: GrpcClient, request: SolveRequest, signal: AbortSignal): Promise<BuildCheck> {
  const abilities = [request.attributes['frontend.caps'] ?? [], subrequests].flat().join(',');
  const attributes = { ...request.attributes, requestid: 'frontend.lint', 'frontend.caps': abilities };
  try {
    const answer = await askFrontend(client, { ...request, attributes }, signal);
    const { warnings } = JSON.parse(answer.get('result.json') ?? '{}') as {
      readonly warnings?: readonly unknown[] | null;
    };
    return { warnings: warnings?.length ?? 0, text: answer.get('result.txt') ?? '' };
  } catch (error) {
    signal.throwIfAborted();
    throw solveError(error);
  }
}

async function solve(
  client: GrpcClient,
  request: SolveRequest,
  onNews: (news: BuildNews) => void,
  signal: AbortSignal,
): Promise<BuildAnswer> {
  const following = new AbortController();
  const status = follow(client, request.reference, onNews, AbortSignal.any([signal, following.signal]));
  try {
    const answer = await client.unary(`${control}/Solve`, encodeSolveRequest(request), signal);
    const { 'containerimage.digest': id, 'cache.manifest': cacheManifest } = decodeMessage(answer).textMap(1);
    if (id === undefined) throw new BuildError('failed', 'the builder made no image');
    return { id, cacheManifest };
  } catch (error) {
    signal.throwIfAborted();
    throw solveError(error);
  } finally {
    await Promise.race([status, wait(longestGoodbye, undefined, { signal: following.signal }).catch(() => undefined)]);
    following.abort();
    await status;
  }
}

/** Never rejects: without news the build still ends one way or the other. */
async function follow(
  client: GrpcClient,
  reference: string,
  onNews: (news: BuildNews) => void,
  signal: AbortSignal,
): Promise<void> {
  const begins = new Map<string, number>();
  try {
    for await (const message of client.serverStream(`${control}/Status`, encodeStatusRequest(reference), signal)) {
      for (const news of decodeStatus(message, begins)) onNews(news);
    }
  } catch {
    // The solve call tells what went wrong.
  }
}
