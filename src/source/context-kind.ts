import { stat } from 'node:fs/promises';

/** What lies at the path of a build context: a tar file may take the place of a folder. Undefined if there is nothing. */
export async function contextKind(path: string): Promise<'folder' | 'archive' | undefined> {
  try {
    return (await stat(path)).isFile() ? 'archive' : 'folder';
  } catch {
    return undefined;
  }
}
