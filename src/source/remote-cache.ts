import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Folders of fetched files, kept between runs, each named for exactly what is in it: a commit or a digest. */
export interface RemoteCache {
  /** The folder of that name; undefined if it is not there. */
  readonly find: (name: string) => Promise<string | undefined>;
  /**
   * The folder of that name. One that is not there is filled first and appears only when `fill` has ended well, so a
   * folder that is there is complete, whoever else fills it at the same time.
   */
  readonly provide: (name: string, fill: (folder: string) => Promise<void>) => Promise<string>;
}

/** Where fetched files are kept: below XDG_CACHE_HOME if that is an absolute path, else below `~/.cache`. */
export function remoteCacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  homeDirectory: string,
): string {
  const base = environment['XDG_CACHE_HOME'] ?? '';
  return join(isAbsolute(base) ? base : join(homeDirectory, '.cache'), 'topsail', 'remote');
}

/** A cache in a folder, which is made when the first entry comes. Rejects with the errors of the file system. */
export function createRemoteCache(root: string): RemoteCache {
  const find = async (name: string): Promise<string | undefined> => {
    const folder = join(root, checkedName(name));
    return (await isFolder(folder)) ? folder : undefined;
  };
  const provide: RemoteCache['provide'] = async (name, fill) => {
    const known = await find(name);
    if (known !== undefined) return known;
    await mkdir(root, { recursive: true, mode: 0o700 });
    const unfinished = await mkdtemp(join(root, '.new-'));
    try {
      await fill(unfinished);
      return await putInPlace(unfinished, join(root, name));
    } finally {
      // A program that was ended in the middle may still be writing its last file.
      await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
    }
  };
  return { find, provide };
}

/** Names come from other machines; only what a commit or digest can look like becomes a path. */
function checkedName(name: string): string {
  if (!/^[0-9a-f]{32,128}$/.test(name)) throw new TypeError(`not a name of fetched files: ${JSON.stringify(name)}`);
  return name;
}

/** Another run may have put the same folder there first; then that one is as good. */
async function putInPlace(unfinished: string, folder: string): Promise<string> {
  try {
    await rename(unfinished, folder);
  } catch (thrown) {
    if (!(await isFolder(folder))) throw thrown;
  }
  return folder;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
