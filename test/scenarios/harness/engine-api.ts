import { request } from 'node:http';

/** One answer of the engine. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A call to the engine that DOCKER_HOST names, past every adapter of ours: tests look with their own eyes. */
export function callEngine(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const call = request(
      {
        ...engineEndpoint(),
        method,
        path,
        agent: false,
        headers:
          payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parseBody(Buffer.concat(chunks)) }));
      },
    );
    call.on('error', reject);
    call.end(payload);
  });
}

function parseBody(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Where the engine listens, for requests of other shapes. */
export function engineEndpoint(): { socketPath: string } | { host: string; port: number } {
  const address = new URL(process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock');
  return address.protocol === 'unix:'
    ? { socketPath: address.pathname }
    : { host: address.hostname, port: Number(address.port) };
}

/** The answer's body; rejects for anything but success. */
export async function readEngine<Body>(path: string): Promise<Body> {
  const { status, body } = await callEngine('GET', path);
  if (status >= 300) throw new Error(`GET ${path}: ${String(status)} ${JSON.stringify(body)}`);
  return body as Body;
}

/** The query of a list restricted to one project. */
export function ofProject(project: string): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }))}`;
}
