import { tarEnd, tarHeader, tarPadding } from '../source/tar-entry.ts';
import type { InjectedFile } from '../state/desired-state.ts';

/**
 * Files as a tar archive, to be unpacked at the root of a container. Holds no folders, so that existing ones keep their mode and owner.
 * `time`: modification time in seconds since the epoch.
 */
export function packFiles(files: readonly InjectedFile[], time: number): Uint8Array {
  const blocks = files.flatMap(({ path, content: text, mode, uid, gid }) => {
    const content = Buffer.from(text, 'utf8');
    const size = content.length;
    const header = tarHeader({ path: path.replace(/^\/+/, ''), kind: 'file', mode, uid, gid, size, time });
    return [header, content, tarPadding(size)];
  });
  return Buffer.concat([...blocks, tarEnd]);
}
