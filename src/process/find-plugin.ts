import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where plugins of the docker command may lie. */
export interface PluginSearch {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
}

const systemFolders: readonly string[] = ['/usr/local/lib', '/usr/local/libexec', '/usr/lib', '/usr/libexec'].map(
  (folder) => join(folder, 'docker', 'cli-plugins'),
);

/** The path of the plugin `docker-NAME`, in the order in which the docker command looks; undefined if there is none. */
export async function findPlugin(name: string, search: PluginSearch): Promise<string | undefined> {
  const { DOCKER_CONFIG: chosen } = search.environment;
  const config = chosen === undefined || chosen === '' ? join(search.homeDirectory, '.docker') : chosen;
  const folders = [...(await extraFolders(config)), join(config, 'cli-plugins'), ...systemFolders];
  return firstProgram(folders, `docker-${name}`);
}

/** The path of a program that `PATH` leads to; undefined if there is none. */
export function findProgram(
  name: string,
  { environment }: Pick<PluginSearch, 'environment'>,
): Promise<string | undefined> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return firstProgram(folders, name);
}

async function firstProgram(folders: readonly string[], name: string): Promise<string | undefined> {
  if (/[\\/]/.test(name)) return undefined;
  for (const path of folders.map((folder) => join(folder, name))) {
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}

/** `cliPluginsExtraDirs` of the docker command's configuration. */
async function extraFolders(config: string): Promise<readonly string[]> {
  try {
    const value: unknown = JSON.parse(await readFile(join(config, 'config.json'), 'utf8'));
    const folders =
      typeof value === 'object' && value !== null && 'cliPluginsExtraDirs' in value ? value.cliPluginsExtraDirs : [];
    return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : [];
  } catch {
    return [];
  }
}
