import type { InjectedFile } from '../state/desired-state.ts';

const blockSize = 512;
const nameLength = 100;
const prefixLength = 155;

/**
 * Files as a tar archive (POSIX ustar, with a pax record for names that do not fit), to be unpacked at the root of a container. Holds
 * no folders, so that existing ones keep their mode and owner. `time`: modification time in seconds since the epoch.
 */
export function packFiles(files: readonly InjectedFile[], time: number): Uint8Array {
  const blocks = files.flatMap((file) => entryOf(file, time));
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]);
}

function entryOf(file: InjectedFile, time: number): readonly Buffer[] {
  const path = file.path.replace(/^\/+/, '');
  const content = Buffer.from(file.content, 'utf8');
  const place = placeOf(path);
  const { mode, uid, gid } = file;
  const attributes = { mode: mode & 0o7777, uid, gid, size: content.length, time };
  if (place !== undefined) return [header({ ...place, ...attributes, type: '0' }), padded(content)];
  const record = padded(paxRecord('path', path));
  const pax = {
    name: 'pax',
    prefix: '',
    mode: 0o644,
    uid: 0,
    gid: 0,
    size: paxRecord('path', path).length,
    time,
    type: 'x',
  };
  return [header(pax), record, header({ name: 'file', prefix: '', ...attributes, type: '0' }), padded(content)];
}

/** The path split into ustar's two fields, at a slash; undefined if it does not fit or is not plain ASCII. */
function placeOf(path: string): { readonly name: string; readonly prefix: string } | undefined {
  if (!/^[\x20-\x7e]*$/.test(path)) return undefined;
  if (path.length <= nameLength) return { name: path, prefix: '' };
  const slash = path.indexOf('/', path.length - nameLength - 1);
  if (slash <= 0 || slash > prefixLength || slash === path.length - 1) return undefined;
  return { name: path.slice(slash + 1), prefix: path.slice(0, slash) };
}

interface Header {
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly time: number;
  readonly type: string;
}

function header({ name, prefix, mode, uid, gid, size, time, type }: Header): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, 'ascii');
  writeNumber(block, 100, 8, mode);
  writeNumber(block, 108, 8, uid);
  writeNumber(block, 116, 8, gid);
  writeNumber(block, 124, 12, size);
  writeNumber(block, 136, 12, time);
  block.fill(' ', 148, 156);
  block.write(type, 156, 'ascii');
  block.write('ustar\0' + '00', 257, 'ascii');
  block.write(prefix, 345, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}

/** Octal digits; numbers that need more of them than the field has are written in base 256, as GNU tar does. */
function writeNumber(block: Buffer, at: number, length: number, value: number): void {
  const digits = value.toString(8);
  if (digits.length < length) {
    block.write(`${digits.padStart(length - 1, '0')}\0`, at, 'ascii');
    return;
  }
  block.writeUIntBE(value, at + length - 6, 6);
  block[at] = (block[at] ?? 0) | 0x80;
}

/** `LENGTH path=VALUE\n`, where the length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`, 'utf8');
}

function padded(content: Buffer): Buffer {
  const rest = content.length % blockSize;
  return rest === 0 ? content : Buffer.concat([content, Buffer.alloc(blockSize - rest)]);
}
