import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git repository that is served over http on loopback. */
export interface GitServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT/repository.git` */
  readonly address: string;
  /** Lines such as `GET /repository.git/info/refs`. */
  readonly requests: string[];
  /** Writes files, commits them on the branch that is checked out, publishes it, and gives the commit. */
  readonly commit: (files: Readonly<Record<string, string>>) => Promise<string>;
  /** Runs git in the working copy; what is published stays as it is. */
  readonly git: (...parameters: readonly string[]) => Promise<string>;
  /** Publishes every branch and tag. */
  readonly publish: () => Promise<void>;
}

/** Whether git is here, with what serves repositories over http. */
export async function canServeGit(): Promise<boolean> {
  try {
    const { stdout } = await run('git', ['--exec-path']);
    await run(join(stdout.trim(), 'git-http-backend'), [], { env: {} }).catch((thrown: unknown) => {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') throw thrown;
    });
    return true;
  } catch {
    return false;
  }
}

/** Makes an empty repository whose branch is `main`, and serves it on a free port. */
export async function startGitServer(): Promise<GitServer> {
  const folder = await mkdtemp(join(tmpdir(), 'git-server-'));
  const working = join(folder, 'working');
  const served = join(folder, 'served');
  const environment = { ...process.env, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const git = async (...parameters: readonly string[]): Promise<string> => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
    const { stdout } = await run('git', [...identity, ...parameters], { cwd: working, env: environment });
    return stdout.trim();
  };
  await mkdir(working);
  await git('init', '--quiet');
  await git('init', '--quiet', '--bare', join(served, 'repository.git'));
  const publish = async (): Promise<void> => {
    await git('push', '--quiet', '--force', '--all', join(served, 'repository.git'));
    await git('push', '--quiet', '--force', '--tags', join(served, 'repository.git'));
  };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${(request.url ?? '').split('?', 1)[0] ?? ''}`);
    serve(request, response, { ...environment, GIT_PROJECT_ROOT: served, GIT_HTTP_EXPORT_ALL: '1' });
  });
  return {
    address: `http://127.0.0.1:${await listen(server)}/repository.git`,
    requests,
    git,
    publish,
    commit: async (files) => {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(working, path)), { recursive: true });
        await writeFile(join(working, path), text);
      }
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '-m', 'a change');
      await publish();
      return git('rev-parse', 'HEAD');
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Runs git's own CGI program for one request. */
function serve(request: IncomingMessage, response: ServerResponse, environment: NodeJS.ProcessEnv): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...environment,
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: path,
      QUERY_STRING: query,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(request.headers['content-encoding'] ?? ''),
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    let status = 200;
    for (const line of output.subarray(0, Math.max(end, 0)).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
      else if (name !== '') response.setHeader(name, value);
    }
    response.writeHead(end < 0 ? 500 : status).end(output.subarray(end + 4));
  });
}
