import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';
import { readEngine } from './engine-api.ts';

/** Environment of a Docker client. */
export type ClientVariables = Readonly<Record<string, string>>;

/** A registry on loopback that lets one user in, and Docker client configurations for it. */
export interface PasswordRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Variables of a client that has the login in its configuration, for this host or the address of a relay. */
  readonly withLogin: (login?: { readonly password?: string; readonly host?: string }) => Promise<ClientVariables>;
  /** Variables of a client that asks a credential helper. */
  readonly withHelper: () => Promise<ClientVariables>;
  /** Variables of a client without a login. */
  readonly withoutLogin: () => Promise<ClientVariables>;
  readonly stop: () => Promise<void>;
}

const user = 'keeper';
const rightPassword = 'open sesame';
/** The user with the right password, bcrypt with the least cost. */
const users = 'keeper:$2b$04$cBuX2Zq1X0Fc5O.ZwE8n2e9in/RisD.qStH267WZJxNlqJOQztR2i\n';

/** Debian's `docker-registry`, or the program that TOPSAIL_TEST_REGISTRY names; undefined if there is none. */
export async function startPasswordRegistry(): Promise<PasswordRegistry | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'topsail-registry-'));
  const configuration = join(folder, 'configuration.yaml');
  await writeFile(join(folder, 'users'), users);
  await writeFile(configuration, configurationText(folder));
  const child = spawn(process.env['TOPSAIL_TEST_REGISTRY'] ?? 'docker-registry', ['serve', configuration], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const host = await listening(child);
  if (host === undefined) {
    await stop();
    return undefined;
  }
  let clients = 0;
  const client = async (content: object): Promise<ClientVariables> => {
    const place = join(folder, `client-${String((clients += 1))}`);
    await mkdir(place);
    await writeFile(join(place, 'config.json'), JSON.stringify({ ...(await plugins()), ...content }));
    return { DOCKER_CONFIG: place };
  };
  return {
    host,
    withLogin: ({ password = rightPassword, host: address = host } = {}) =>
      client({ auths: { [address]: { auth: Buffer.from(`${user}:${password}`).toString('base64') } } }),
    withHelper: async () => {
      await writeHelper(folder, host);
      const variables = await client({ credHelpers: { [host]: 'topsail-test' } });
      return { ...variables, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
    },
    withoutLogin: () => client({}),
    stop,
  };
}

/** Where the docker command of this machine finds its `compose`, if its configuration says so. */
async function plugins(): Promise<object> {
  const place = process.env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
  const text = await readFile(join(place, 'config.json'), 'utf8').catch(() => '{}');
  const { cliPluginsExtraDirs } = JSON.parse(text) as { readonly cliPluginsExtraDirs?: readonly string[] };
  return cliPluginsExtraDirs === undefined ? {} : { cliPluginsExtraDirs };
}

function configurationText(folder: string): string {
  return JSON.stringify({
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0', secret: 'for tests only' },
    auth: { htpasswd: { realm: 'topsail', path: join(folder, 'users') } },
  });
}

/** Where the registry says that it listens; undefined if there is no such program or it ends. */
async function listening(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    child.on('error', () => resolve(undefined));
    child.on('close', () => resolve(undefined));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, host] = /listening on (127\.0\.0\.1:\d+)/.exec(said) ?? [];
      if (host !== undefined) resolve(host);
    });
  });
}

/** A helper that knows one registry, and says what helpers say about others. */
async function writeHelper(folder: string, host: string): Promise<void> {
  const path = join(folder, 'docker-credential-topsail-test');
  const answer = JSON.stringify({ ServerURL: host, Username: user, Secret: rightPassword });
  await writeFile(
    path,
    `#!/bin/sh
read -r server || true
[ "$1" = get ] && [ "$server" = '${host}' ] && { echo '${answer}'; exit 0; }
echo 'credentials not found in native keychain'
exit 1
`,
  );
  await chmod(path, 0o755);
}

/** The registry of a file's tests, if there is one and the engine may use it; else the test counts as not available here. */
export async function needRegistry(
  { skip }: TestContext,
  registry: PasswordRegistry | undefined,
): Promise<PasswordRegistry> {
  if (registry === undefined) return skip('not available here: the docker-registry program');
  const { Components } = await readEngine<{ readonly Components?: readonly { readonly Name: string }[] }>('/version');
  if (Components?.[0]?.Name.startsWith('Podman') === true) {
    skip('not available here: Podman wants TLS of registries on this machine too');
  }
  return registry;
}
