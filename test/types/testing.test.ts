/**
 * What test authors rely on, checked by the compiler alone: this file is never run. A line that has to be refused carries an
 * expectation, which fails to compile once it is accepted.
 */
import { type ServiceHandle, type Stack, type StackShape, up } from '../../src/testing/index.ts';

/** The names and ports of an object are known when it is compiled. */
export async function typed(): Promise<void> {
  await using stack = await up({
    services: {
      db: { image: 'postgres', ports: ['5432'], expose: ['9187/tcp', 8008] },
      web: { image: 'web', ports: ['127.0.0.1:8080:80', '9000-9001:443', { target: 2019, published: 0 }, 3000] },
      job: { image: 'job' },
    },
  });
  const db: ServiceHandle<5432 | 9187 | 8008> = stack.service('db');
  const web: ServiceHandle<80 | 443 | 2019 | 3000> = stack.service('web');
  const job: ServiceHandle = stack.service('job');
  tell(db.url(5432), web.port(443), job.host);
  // @ts-expect-error there is no such service
  stack.service('bd');
  // @ts-expect-error there is no such port
  db.url(5433);
  // @ts-expect-error a network is split between services that there are
  await stack.partition(['web'], ['database']);
}

/** Any name goes with a file of which nothing is known; it is checked when it runs. */
export async function untyped(): Promise<void> {
  const stack: Stack<StackShape> = await up('compose.yaml', {
    env: { A: '1' },
    profiles: ['debug'],
    scale: { web: 2 },
  });
  const port: number = stack.service('anything').port(80);
  const code: number | undefined = await stack.service('job').waitFor({ exit: 'any' });
  tell(String(port), String(code));
  // @ts-expect-error one thing at a time, and it has a name
  await stack.service('job').waitFor({ ready: true });
  await stack.down();
}

declare function tell(...words: readonly (string | number)[]): void;
