import { get } from 'node:http';
import { onTestFinished } from 'vitest';
import { callEngine, readEngine } from './engine-api.ts';

/** What carries a label, by name. */
export async function labelled(label: string): Promise<readonly string[]> {
  const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`;
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    readEngine<readonly { Names: readonly string[] }[]>(`/containers/json?all=1&${filters}`),
    readEngine<readonly { Name: string }[]>(`/networks?${filters}`),
    readEngine<{ Volumes: readonly { Name: string }[] | null }>(`/volumes?${filters}`),
  ]);
  return [
    ...containers.map(({ Names: [name = ''] }) => `container ${name.slice(1)}`),
    ...networks.map(({ Name: name }) => `network ${name}`),
    ...(volumes ?? []).map(({ Name: name }) => `volume ${name}`),
  ].toSorted();
}

/** Everything of a copy, its leases and its lock. */
export async function leftOf(project: string): Promise<readonly string[]> {
  const labels = ['com.docker.compose.project', 'dev.topsail.lease', 'dev.topsail.lock'];
  const found = await Promise.all(labels.map((label) => labelled(`${label}=${project}`)));
  return found.flat();
}

/** Everything on the engine of the copies of a project. */
export function copiesOf(project: string): Promise<readonly string[]> {
  return labelled(`dev.topsail.instance.of=${project}`);
}

/** Removes the copies of a project when the test ends, without a word of ours in between. */
export function removeCopiesLater(project: string): void {
  onTestFinished(async () => {
    for (const found of [...(await copiesOf(project))]) {
      const [kind = '', name = ''] = found.split(' ');
      const path = { container: 'containers', network: 'networks', volume: 'volumes' }[kind] ?? '';
      await callEngine('DELETE', `/${path}/${encodeURIComponent(name)}${kind === 'network' ? '' : '?force=1'}`);
    }
  });
}

/** Asks again until the answer is as wanted, for a while. */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
  seconds = 30,
): Promise<Answer> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer) || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The text that a web server gives, once it gives one. */
export function fetchText(host: string, port: number): Promise<string> {
  const attempt = (): Promise<string> =>
    new Promise((resolve) => {
      const call = get({ host, port, agent: false, timeout: 2000 }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve(text));
      });
      call.on('error', () => resolve(''));
      call.on('timeout', () => call.destroy());
    });
  return eventually(attempt, (text) => text !== '', 20);
}
