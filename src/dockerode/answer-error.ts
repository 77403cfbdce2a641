import { errorCode, errorMessage } from '../diagnostics/thrown.ts';
import { EngineError, type EngineErrorKind } from '../engine/engine-error.ts';

const connectCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOTSOCK',
]);

/** Engines answer a network in use as forbidden, and Podman some conflicts as its own failure; all of them are conflicts. */
const conflictWords =
  /has active endpoints|is being used|already in use by|already used|volume is in use|container state improper|already exists/;

/** A call without an answer, as an EngineError: aborted, never connected, or lost. `endpoint` is named in the message. */
export function transportError(error: unknown, endpoint: string, signal: AbortSignal | undefined): EngineError {
  if (error instanceof EngineError) return error;
  if (signal?.aborted === true) return new EngineError('aborted', 'the call was aborted', { cause: signal.reason });
  const code = errorCode(error) ?? '';
  const message = reasonOf(error);
  if (code === 'EACCES' || code === 'EPERM') {
    return new EngineError('access-denied', `no permission to connect to the engine at ${endpoint}`, { cause: error });
  }
  if (connectCodes.has(code) || /certificate|CERT|SSL|TLS/.test(`${code} ${message}`)) {
    return new EngineError('unreachable', `no engine answers at ${endpoint}: ${message}`, { cause: error });
  }
  return new EngineError('connection-lost', `the connection to the engine at ${endpoint} was lost: ${message}`, {
    cause: error,
  });
}

/** A refusal by the engine, with the sentence it gave. */
export function answerError(statusCode: number, body: string): EngineError {
  const message = answerMessage(body) ?? `the engine answered with status ${statusCode}`;
  return new EngineError(answerKind(statusCode, message), message, { statusCode });
}

/** An error line inside a stream that began well, such as a failed pull. */
export function streamedError(message: string): EngineError {
  return new EngineError(streamedKind(message), message);
}

function answerKind(statusCode: number, message: string): EngineErrorKind {
  if (conflictWords.test(message)) return 'conflict';
  // What Podman says of a container that is removed while it is being looked at.
  if (/does not exist in database/.test(message)) return 'not-found';
  if (/client version .* is too (?:new|old)/.test(message)) return 'unsupported';
  // Podman says no more of a call that it does not have.
  if (statusCode === 404 && message === 'Not Found') return 'unsupported';
  switch (statusCode) {
    case 400:
      return 'bad-request';
    case 401:
    case 403:
      return 'access-denied';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    case 405:
    case 501:
      return 'unsupported';
    default:
      return 'server';
  }
}

function streamedKind(message: string): EngineErrorKind {
  // Engines that keep their images in containerd say in one sentence that it may not be there and that a login was wanted.
  if (/no basic auth credentials/i.test(message)) return 'access-denied';
  if (/manifest unknown|not found|does not exist/i.test(message)) return 'not-found';
  const denied = /denied|unauthorized|forbidden|authentication required/i;
  return denied.test(message) ? 'access-denied' : 'server';
}

/** The sentence in the engine's answer: `{"message": ...}`, or whatever text it is. */
function answerMessage(body: string): string | undefined {
  const text = body.trim();
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string') {
      return value.message.trim();
    }
  } catch {
    // Plain text, as proxies answer.
  }
  return text;
}

/** The message; a connect over several addresses has them in an AggregateError without one. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join(', ');
  return errorMessage(error);
}
