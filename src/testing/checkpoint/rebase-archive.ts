import { readTar, type TarFileEntry } from '../../source/read-tar.ts';
import { tarEnd, tarHeader, tarPadding } from '../../source/tar-entry.ts';

/**
 * The same tar archive with another name for the folder that is its first entry, and for all that is in it; `.` unpacks into the folder
 * itself. What is no file, folder or link is left out.
 */
export async function* rebaseArchive(
  archive: AsyncIterable<Uint8Array>,
  folder: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let root: string | undefined;
  for await (const entry of readTar(archive)) {
    const path = entry.path.replace(/\/+$/, '');
    root ??= path;
    const rebased = renamed(entry, folder + inside(path, root), root, folder);
    if (rebased === undefined) continue;
    yield rebased;
    yield* entry.content;
    yield tarPadding(entry.size);
  }
  yield tarEnd;
}

function renamed(entry: TarFileEntry, path: string, root: string, folder: string): Uint8Array | undefined {
  const { kind, target } = entry;
  if (kind === 'other') return undefined;
  const own = { ...entry, kind, path: kind === 'directory' ? `${path}/` : path };
  return tarHeader(kind === 'hard-link' ? { ...own, target: folder + inside(target, root) } : own);
}

/** The path below the root, with a slash before it; nothing for the root itself. */
function inside(path: string, root: string): string {
  const rest = path.startsWith(root) ? path.slice(root.length) : path;
  return rest === '' || rest.startsWith('/') ? rest : `/${rest}`;
}
