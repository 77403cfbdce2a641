import http from 'node:http';

import { type Run, timed } from './measure.ts';

/** The Engine API called directly, with nothing of ours between: the floor that every `up` is measured against. */
export interface RawEngine {
  call(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): void;
}

/** Opens the engine that DOCKER_HOST names; only unix sockets are benched. */
export function openRawEngine(): RawEngine {
  const host = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  if (!host.startsWith('unix://')) throw new Error(`the bench needs a unix socket, DOCKER_HOST is ${host}`);
  const socketPath = host.slice('unix://'.length);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  return {
    call: (method, path, body) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body);
        const headers =
          text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
        const request = http.request({ socketPath, agent, method, path, headers }, (response) => {
          let answer = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            answer += part;
          });
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            if (status >= 400 && status !== 404) reject(new Error(`${method} ${path}: ${status} ${answer}`));
            else resolve(answer === '' ? undefined : (JSON.parse(answer) as unknown));
          });
        });
        request.on('error', reject);
        request.end(text);
      }),
    close: () => agent.destroy(),
  };
}

/** Creates a network and `count` containers, then starts them, as many at once as the engine takes. */
export function rawUp(engine: RawEngine, project: string, count: number, image: string): Promise<Run> {
  const labels = { 'topsail.bench': project };
  return timed(async () => {
    await engine.call('POST', '/networks/create', { Name: `${project}_raw`, Labels: labels });
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const name = `${project}-raw-${index}`;
        await engine.call('POST', `/containers/create?name=${name}`, {
          Image: image,
          Cmd: ['sleep', '1000'],
          Labels: labels,
          HostConfig: { NetworkMode: `${project}_raw`, Init: true },
        });
        await engine.call('POST', `/containers/${name}/start`);
      }),
    );
  });
}

/** Removes what {@link rawUp} made. */
export async function rawDown(engine: RawEngine, project: string, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => engine.call('DELETE', `/containers/${project}-raw-${index}?force=1`)),
  );
  await engine.call('DELETE', `/networks/${project}_raw`);
}

/** Creates `count` containers that are never started, as those of one service of a project. */
export async function createIdle(engine: RawEngine, project: string, count: number, image: string): Promise<void> {
  const body = (number: number): object => ({
    Image: image,
    Cmd: ['sleep', '1000'],
    Labels: {
      'com.docker.compose.project': project,
      'com.docker.compose.service': 'app',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.container-number': String(number),
      'com.docker.compose.config-hash': '0'.repeat(64),
    },
    HostConfig: { NetworkMode: 'none' },
  });
  const create = (number: number): Promise<unknown> =>
    engine.call('POST', `/containers/create?name=${project}-app-${number}`, body(number));
  await Promise.all(Array.from({ length: count }, (_, index) => create(index + 1)));
}

/** Removes every container of a project by force. */
export async function removeContainers(engine: RawEngine, project: string): Promise<void> {
  const filters = JSON.stringify({ label: [`com.docker.compose.project=${project}`] });
  const found = await engine.call('GET', `/containers/json?all=1&filters=${encodeURIComponent(filters)}`);
  const ids = (found as readonly { readonly Id: string }[]).map(({ Id }) => Id);
  await Promise.all(ids.map((id) => engine.call('DELETE', `/containers/${id}?force=1&v=1`)));
}
