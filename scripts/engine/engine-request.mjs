import { readFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { pipeline } from 'node:stream';

/**
 * How an engine is reached: a unix socket or Windows pipe, or an address.
 * @typedef {{socketPath: string} | {host: string, port: number, certificates?: string}} Endpoint
 */

/**
 * Sends one request to an engine and collects the answer.
 * @param {Endpoint} endpoint
 * @param {string} method
 * @param {string} path
 * @param {{body?: import('node:stream').Readable, idleSeconds?: number}} [settings] idleSeconds: silence that counts as no answer
 * @returns {Promise<{status: number, headers: import('node:http').IncomingHttpHeaders, text: string}>}
 */
export function engineRequest(endpoint, method, path, { body, idleSeconds = 30 } = {}) {
  return new Promise((resolve, reject) => {
    const { send, options } = connection(endpoint);
    const headers = { Host: 'engine', ...(body === undefined ? {} : { 'Content-Type': 'application/x-tar' }) };
    const outgoing = send({ ...options, method, path, headers, agent: false }, (incoming) => {
      const chunks = [];
      incoming.on('data', (chunk) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    outgoing.setTimeout(idleSeconds * 1000, () => outgoing.destroy(new Error(`no answer for ${idleSeconds} s`)));
    outgoing.on('error', reject);
    if (body === undefined) outgoing.end();
    else pipeline(body, outgoing, (error) => error instanceof Error && reject(error));
  });
}

/**
 * The JSON of a GET, or undefined when the engine has no such thing.
 * @param {Endpoint} endpoint
 * @param {string} path
 */
export async function engineJson(endpoint, path) {
  const { status, text } = await engineRequest(endpoint, 'GET', path);
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`${path}: ${status} ${text.trim()}`);
  return JSON.parse(text);
}

function connection(endpoint) {
  if ('socketPath' in endpoint) return { send: requestPlain, options: { socketPath: endpoint.socketPath } };
  const { host, port, certificates } = endpoint;
  if (certificates === undefined) return { send: requestPlain, options: { host, port } };
  const read = (name) => readFileSync(join(certificates, name));
  return {
    send: requestTls,
    options: { host, port, ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') },
  };
}
