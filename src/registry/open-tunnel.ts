import type { Duplex } from 'node:stream';

/**
 * Opens a connection to a host through an http proxy (`CONNECT`). Rejects with the proxy's refusal, and with the signal's
 * reason when aborted.
 */
export async function openTunnel(proxy: URL, target: URL, signal: AbortSignal | undefined): Promise<Duplex> {
  const { request } = await import('node:http');
  const place = `${target.hostname}:${target.port || '443'}`;
  return new Promise((resolve, reject) => {
    const sent = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || 80,
      method: 'CONNECT',
      path: place,
      headers: { host: place, ...authorization(proxy) },
      agent: false,
      ...(signal === undefined ? {} : { signal }),
    });
    sent.on('connect', ({ statusCode = 0 }, socket, early) => {
      if (statusCode === 200) {
        socket.unshift(early);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new Error(`proxy ${proxy.host} answers with status ${statusCode}`));
    });
    sent.on('error', (fault) => reject(new Error(`proxy ${proxy.host}: ${fault.message}`, { cause: fault })));
    sent.end();
  });
}

function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}
