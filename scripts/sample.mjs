import { createServer } from 'node:net';
import { join } from 'node:path';
import { engineJson } from './engine/engine-request.mjs';
import { repository } from './repository.mjs';

/** The first sample. */
export const sample = { folder: join(repository, 'samples/blog'), project: 'topsail-blog', service: 'web', port: 8080 };

/** The launcher of the command, to be run with Node. */
export const command = join(repository, 'bin/topsail.js');

/**
 * The host port the sample's web service is published on, if it exists.
 * @param {import('./engine/find-engine.mjs').FoundEngine} engine
 * @returns {Promise<number | undefined>}
 */
export async function publishedPort({ endpoint }) {
  if (endpoint === undefined) return undefined;
  const label = [`com.docker.compose.project=${sample.project}`, `com.docker.compose.service=${sample.service}`];
  const query = new URLSearchParams({ filters: JSON.stringify({ label }) });
  const containers = await engineJson(endpoint, `/containers/json?${query}`);
  return containers?.[0]?.Ports?.find(({ PublicPort }) => PublicPort !== undefined)?.PublicPort;
}

/**
 * A port for the sample: the one it has, else the usual one, else any that is free.
 * @param {import('./engine/find-engine.mjs').FoundEngine} engine
 */
export async function choosePort(engine) {
  if (process.env.BLOG_PORT) return Number(process.env.BLOG_PORT);
  return (await publishedPort(engine)) ?? (await freePort(sample.port)) ?? (await freePort(0)) ?? sample.port;
}

function freePort(wanted) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(undefined));
    server.listen(wanted, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
