import { expect, test } from 'vitest';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { retryTransfer } from '../../../src/execution/retry-transfer.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

interface Tried {
  readonly attempts: number;
  readonly warnings: readonly string[];
  readonly error: unknown;
}

async function tryWith(errors: readonly Error[], abortDuringPause = false): Promise<Tried> {
  const clock = createManualClock();
  const abort = new AbortController();
  const warnings: string[] = [];
  let attempts = 0;
  const attempt = (): Promise<void> => {
    const error = errors[attempts];
    attempts += 1;
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  };
  const warn = (text: string): void => {
    warnings.push(text);
    if (abortDuringPause) abort.abort(new Error('enough'));
  };
  const running = retryTransfer({ clock, signal: abort.signal, warn }, 'pull of app:1', attempt).then(
    () => undefined,
    (error: unknown) => error,
  );
  await clock.advance(10_000);
  return { attempts, warnings, error: await running };
}

const broken = new EngineError('server', 'Get "https://r.example/v2/": dial tcp: connect: connection refused');

test('a fault that passes costs a warning', async () => {
  expect(await tryWith([broken])).toEqual({
    attempts: 2,
    warnings: [`pull of app:1 is tried again: ${broken.message}`],
    error: undefined,
  });
});

test('after three attempts the fault is final', async () => {
  const { attempts, error } = await tryWith([broken, broken, broken, broken]);
  expect(attempts).toBe(3);
  expect(error).toBe(broken);
});

test.each([
  new EngineError('not-found', 'manifest unknown'),
  new EngineError('access-denied', 'unauthorized: authentication required'),
  new EngineError('server', 'dial tcp: lookup nowhere.example: no such host'),
  new EngineError('server', 'toomanyrequests: You have reached your pull rate limit.'),
  new Error('ours'),
])('what will not pass is not tried again: $message', async (error) => {
  expect(await tryWith([error])).toMatchObject({ attempts: 1, warnings: [], error });
});

test.each([
  'unexpected EOF',
  'received unexpected HTTP status: 503 Service Unavailable',
  'net/http: TLS handshake timeout',
])('%s may pass', async (message) => {
  expect((await tryWith([new EngineError('server', message)])).attempts).toBe(2);
});

test('an abort ends the pause', async () => {
  const { attempts, error } = await tryWith([broken], true);
  expect(attempts).toBe(1);
  expect(error).toMatchObject({ message: 'enough' });
});
