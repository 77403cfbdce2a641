import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import type { OpenConnection } from '../dockerode/open-connection.ts';
import { type PingAnswer, pingEngine } from '../dockerode/ping-engine.ts';
import { endpointText } from '../engine/endpoint.ts';
import { EngineError, isEngineError } from '../engine/engine-error.ts';
import { namedCandidate, usualCandidates } from './candidate-endpoints.ts';
import type { EngineCandidate, EngineSearch, LookedAt } from './engine-search.ts';

/** An engine that answered. */
export interface FoundEngine extends EngineCandidate {
  readonly ping: PingAnswer;
  /** How to connect, for an endpoint that needs a child process. */
  readonly open: OpenConnection | undefined;
  /** Everything that was tried, this one last. */
  readonly looked: readonly LookedAt[];
}

/** What a search came to: the engine, if one answered, and everything that was tried. */
export interface EngineSearchResult {
  readonly found: FoundEngine | undefined;
  readonly looked: readonly LookedAt[];
}

/** How long a socket of this machine, and another machine, may take to answer the first call. */
const patienceMilliseconds = { near: 5000, far: 30_000 };

/**
 * The engine a Docker client would use, else the first of the usual sockets that answers. Throws an `unreachable` EngineError in two
 * lines: that none answers, and what was looked at; `aborted` if the signal says so.
 */
export async function findEngine(search: EngineSearch): Promise<FoundEngine> {
  const { found, looked } = await searchEngine(search);
  if (found !== undefined) return found;
  throw new EngineError('unreachable', `${noAnswerWords(looked)}\n${lookedWords(looked)}`);
}

/** Where an engine was named the words are those of Docker's own client, which scripts look for. */
function noAnswerWords(looked: readonly LookedAt[]): string {
  const last = looked.at(-1);
  if (last?.named !== true) return 'no container engine answers';
  return `Cannot connect to the Docker daemon at ${last.address}. Is the docker daemon running?`;
}

/** As {@link findEngine}, but finding none is a value. An address that makes no sense still throws. */
export async function searchEngine(search: EngineSearch): Promise<EngineSearchResult> {
  const looked: LookedAt[] = [];
  for await (const candidate of candidates(search)) {
    if ('outcome' in candidate) {
      looked.push(candidate);
      continue;
    }
    const open = await childProcessOpener(candidate, search);
    const { ping, look } = await tryCandidate(candidate, open, search.signal);
    looked.push(look);
    if (ping !== undefined) return { found: { ...candidate, ping, open, looked }, looked };
    if (candidate.binding) break;
  }
  return { found: undefined, looked };
}

/** Child processes are loaded for those who use them. */
async function childProcessOpener(
  { endpoint }: EngineCandidate,
  { environment }: EngineSearch,
): Promise<OpenConnection | undefined> {
  if (endpoint.kind !== 'ssh') return undefined;
  const { sshConnection } = await import('./ssh-connection.ts');
  return sshConnection(endpoint, environment);
}

async function* candidates(search: EngineSearch): AsyncGenerator<EngineCandidate | LookedAt, void, undefined> {
  const named = await namedCandidate(search);
  if (named !== undefined) yield named;
  yield* usualCandidates(search);
}

async function tryCandidate(
  { source, endpoint, named }: EngineCandidate,
  open: OpenConnection | undefined,
  signal: AbortSignal | undefined,
): Promise<{ readonly ping: PingAnswer | undefined; readonly look: LookedAt }> {
  const address = endpointText(endpoint);
  const near = endpoint.kind === 'unix' || endpoint.kind === 'npipe';
  const patience = AbortSignal.timeout(near ? patienceMilliseconds.near : patienceMilliseconds.far);
  try {
    const ping = await pingEngine(endpoint, {
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
      ...(open === undefined ? {} : { open }),
    });
    return { ping, look: { source, address, named, outcome: 'answered', reason: '' } };
  } catch (error) {
    if (signal?.aborted === true || !isEngineError(error)) throw error;
    return { ping: undefined, look: { source, address, named, ...failure(error, patience.aborted) } };
  }
}

function failure(error: EngineError, late: boolean): Pick<LookedAt, 'outcome' | 'reason'> {
  if (late) return { outcome: 'no-answer', reason: 'no answer in time' };
  if (error.kind === 'access-denied') return { outcome: 'no-permission', reason: 'no permission' };
  const cause = error.cause;
  const code = errorCode(cause);
  if (code === 'ENOENT') return { outcome: 'absent', reason: 'not there' };
  if (code === 'ECONNREFUSED') return { outcome: 'no-answer', reason: 'nobody listens' };
  return { outcome: 'no-answer', reason: cause === undefined ? error.message : errorMessage(cause) };
}

/** One line: those that were named or are there, and how many usual places are empty. */
function lookedWords(looked: readonly LookedAt[]): string {
  const present = looked.filter(({ outcome, named }) => named || outcome !== 'absent');
  const words = present.map(({ source, address, reason }) => `${source} at ${address}: ${reason}`);
  const absent = looked.length - present.length;
  return [...words, ...(absent === 0 ? [] : [`none of the ${absent} usual sockets is there`])].join('; ');
}
