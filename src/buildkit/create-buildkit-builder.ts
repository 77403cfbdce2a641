import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { BuildError } from '../engine/build-error.ts';
import type { BuildCheck, Builder, BuildNews, BuildRequest, BuildResult } from '../engine/builder.ts';
import type { CallOptions, Engine } from '../engine/engine.ts';
import { type BuildContexts, layOutContexts } from './build-contexts.ts';
import { openSecrets, type ReadSecret } from './build-secrets.ts';
import { parseCacheEntries, splitCacheImports } from './cache-entries.ts';
import { fileSyncMethod } from './file-sync-service.ts';
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
  readonly logins: RegistryLogins;
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
      await refuseForStore(request, engine, call);
      for (const entry of splitCacheImports(request.cacheFrom).left) {
        onNews({
          kind: 'warning',
          text: `${entry} is not read: the builder of the engine gets no cache from this machine`,
          details: [],
        });
      }
      return withSession(engine, request, options, call, (client, solving, signal) =>
        solve(client, solving, onNews, signal),
      );
    },
    // Nothing is kept, so that no store has to be able to.
    check: (request, call) =>
      withSession(engine, { ...request, cacheTo: [] }, options, call, (client, solving, signal) =>
        check(client, solving, signal),
      ),
  };
}

type SolveWork<Result> = (client: GrpcClient, request: SolveRequest, signal: AbortSignal) => Promise<Result>;

/** Opens what a build needs, and closes it whatever comes of the work. */
async function withSession<Result>(
  engine: Engine,
  request: BuildRequest,
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
    return await buildOver(engine, { request, contexts, agents, secrets, signal, options }, work);
  } finally {
    over.abort();
    await contexts.close();
  }
}

interface PreparedBuild {
  readonly request: BuildRequest;
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

function sessionMethods({ contexts, agents, secrets, options }: PreparedBuild): ReadonlyMap<string, GrpcMethod> {
  const { folders, archives } = contexts;
  return new Map([
    ['/grpc.health.v1.Health/Check', healthMethod],
    ['/moby.filesync.v1.Auth/Credentials', credentialsMethod(options.logins)],
    ['/moby.filesync.v1.FileSync/DiffCopy', fileSyncMethod(folders)],
    ['/moby.buildkit.secrets.v1.Secrets/GetSecret', secretsMethod(secrets)],
    ...(archives.size === 0
      ? []
      : [['/moby.upload.v1.Upload/Pull', uploadMethod(archives, options.standardInput)] as const]),
    ...(agents.size === 0 ? [] : sshMethods(agents)),
  ]);
}

function solveRequestOf({ request, contexts }: PreparedBuild, session: string): SolveRequest {
  const cacheImports = splitCacheImports(request.cacheFrom).read;
  const imports = cacheImports.map(({ type, attributes }) => ({ Type: type, Attrs: attributes }));
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
    cacheImports,
    cacheExports: parseCacheEntries(request.cacheTo),
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
): Promise<BuildResult> {
  const following = new AbortController();
  const status = follow(client, request.reference, onNews, AbortSignal.any([signal, following.signal]));
  try {
    const answer = await client.unary(`${control}/Solve`, encodeSolveRequest(request), signal);
    const id = decodeMessage(answer).textMap(1)['containerimage.digest'];
    if (id === undefined) throw new BuildError('failed', 'the builder made no image');
    return { id };
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
