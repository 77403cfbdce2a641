import http from 'node:http';

import type { Run } from './measure.ts';

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
export async function rawUp(engine: RawEngine, project: string, count: number, image: string): Promise<Run> {
  const started = process.hrtime.bigint();
  const labels = { 'topsail.bench': project };
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
  return { milliseconds: Number(process.hrtime.bigint() - started) / 1e6, peakBytes: 0, exitCode: 0, stderr: '' };
}

/** Removes what {@link rawUp} made. */
export async function rawDown(engine: RawEngine, project: string, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => engine.call('DELETE', `/containers/${project}-raw-${index}?force=1`)),
  );
  await engine.call('DELETE', `/networks/${project}_raw`);
}
