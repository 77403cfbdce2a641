import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a request was, for expectations. */
export interface SeenRequest {
  /** `GET /v2/...`, with the query. */
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** An answer in place of the usual one. */
export interface PlannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** A registry in this process, in the clear on loopback. */
export interface RegistryServer extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly requests: SeenRequest[];
  /** Stores a manifest under tags and its digest, which is given back. */
  readonly putManifest: (repository: string, content: object | string, options?: ManifestOptions) => string;
  /** Stores a blob and gives its description. */
  readonly putBlob: (repository: string, content: string) => { readonly digest: string; readonly size: number };
  /** Answers a request line, such as `HEAD /v2/a/manifests/b`, in another way. */
  readonly plan: (line: string, answer: PlannedAnswer) => void;
  /** What every request to `/v2/` must carry as `Authorization`, and the challenge for those that do not. */
  requireLogin: (challenge: string, authorization: string) => void;
}

/** How {@link RegistryServer.putManifest} stores. */
export interface ManifestOptions {
  readonly tag?: string;
  readonly mediaType?: string;
  /** Leave `Docker-Content-Digest` out of answers. */
  readonly unlabelled?: boolean;
}

interface Stored {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Starts a registry on a free port. */
export async function startRegistryServer(): Promise<RegistryServer> {
  const stored = new Map<string, Stored>();
  const planned = new Map<string, PlannedAnswer>();
  const requests: SeenRequest[] = [];
  let login: { readonly challenge: string; readonly authorization: string } | undefined;
  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const { method = '', url = '' } = request;
    const line = `${method} ${url}`;
    requests.push({ line, authorization: request.headers.authorization, body });
    const plan = planned.get(line);
    if (plan !== undefined) {
      response.writeHead(plan.status, plan.headers).end(method === 'HEAD' ? undefined : plan.body);
    } else if (login !== undefined && url.startsWith('/v2/') && request.headers.authorization !== login.authorization) {
      response.writeHead(401, { 'www-authenticate': login.challenge }).end('{"errors":[{"message":"who are you"}]}');
    } else {
      const found = stored.get(url);
      if (found === undefined) response.writeHead(404).end('{"errors":[{"message":"unknown"}]}');
      else response.writeHead(200, found.headers).end(method === 'HEAD' ? undefined : found.bytes);
    }
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    host: `127.0.0.1:${port}`,
    requests,
    putManifest: (repository, content, options = {}) => {
      const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
      const digest = sha256(bytes);
      const headers = {
        'content-type': options.mediaType ?? 'application/vnd.oci.image.manifest.v1+json',
        ...(options.unlabelled === true ? {} : { 'docker-content-digest': digest }),
      };
      for (const name of [digest, ...(options.tag === undefined ? [] : [options.tag])]) {
        stored.set(`/v2/${repository}/manifests/${name}`, { bytes, headers });
      }
      return digest;
    },
    putBlob: (repository, content) => {
      const bytes = Buffer.from(content);
      const digest = sha256(bytes);
      stored.set(`/v2/${repository}/blobs/${digest}`, { bytes, headers: {} });
      return { digest, size: bytes.length };
    },
    plan: (line, planAnswer) => void planned.set(line, planAnswer),
    requireLogin: (challenge, authorization) => {
      login = { challenge, authorization };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The digest of a text or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
