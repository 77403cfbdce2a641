import { dockerConfigFolder, type ProxySettings, readDockerConfig } from '../credentials/docker-config.ts';
import type { EngineSearch } from './engine-search.ts';

const variables: readonly (readonly [name: string, setting: keyof ProxySettings])[] = [
  ['HTTP_PROXY', 'httpProxy'],
  ['HTTPS_PROXY', 'httpsProxy'],
  ['NO_PROXY', 'noProxy'],
  ['FTP_PROXY', 'ftpProxy'],
  ['ALL_PROXY', 'allProxy'],
];

/**
 * The variables that the user's Docker client gives to every container made on an engine: the proxies of its
 * configuration, in capitals and in small letters. Throws `docker-config-unreadable`.
 */
export async function proxyEnvironment(
  { environment, homeDirectory }: Pick<EngineSearch, 'environment' | 'homeDirectory'>,
  endpoint: string,
): Promise<Readonly<Record<string, string>>> {
  const { proxies } = await readDockerConfig(dockerConfigFolder(environment, homeDirectory));
  const settings = proxies?.[endpoint] ?? proxies?.['default'];
  const entries = variables.flatMap(([name, setting]) => {
    const value = settings?.[setting];
    if (typeof value !== 'string' || value === '') return [];
    return [[name, value] as const, [name.toLowerCase(), value] as const];
  });
  return Object.fromEntries(entries);
}
