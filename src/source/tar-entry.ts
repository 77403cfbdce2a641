const blockSize = 512;
const nameLength = 100;
const prefixLength = 155;

/** What comes before the content of one entry of a tar archive. */
export interface TarEntry {
  /** With slashes, relative; that of a folder may end with one. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hard-link';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content, 0 for everything but files. */
  readonly size: number;
  /** Modification time in seconds since the epoch. */
  readonly time: number;
  /** Of a link. */
  readonly target?: string;
}

const kindLetters: { readonly [Kind in TarEntry['kind']]: string } = {
  file: '0',
  directory: '5',
  link: '2',
  'hard-link': '1',
};

/** The header of an entry: POSIX ustar, with a pax record for what does not fit into it or is no plain ASCII. */
export function tarHeader(entry: TarEntry): Buffer {
  const place = placeOf(entry.path);
  const target = entry.target ?? '';
  const isPlain = isPlainText(target) && target.length <= nameLength;
  const fields = { ...entry, type: kindLetters[entry.kind], link: isPlain ? target : '' };
  if (place !== undefined && isPlain) return headerBlock({ ...place, ...fields });
  const record = Buffer.concat([
    ...(place === undefined ? [paxRecord('path', entry.path)] : []),
    ...(isPlain ? [] : [paxRecord('linkpath', target)]),
  ]);
  const { time } = entry;
  const pax = { name: 'pax', prefix: '', mode: 0o644, uid: 0, gid: 0, size: record.length, time, type: 'x', link: '' };
  return Buffer.concat([
    headerBlock(pax),
    padded(record),
    headerBlock({ name: 'file', prefix: '', ...fields, ...place }),
  ]);
}

/** The zeros after content of this size. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}

/** What ends an archive. */
export const tarEnd: Buffer = Buffer.alloc(2 * blockSize);

/** The path split into ustar's two fields, at a slash; undefined if it does not fit or is not plain ASCII. */
function placeOf(path: string): { readonly name: string; readonly prefix: string } | undefined {
  if (!isPlainText(path)) return undefined;
  if (path.length <= nameLength) return { name: path, prefix: '' };
  const slash = path.indexOf('/', path.length - nameLength - 1);
  if (slash <= 0 || slash > prefixLength || slash === path.length - 1) return undefined;
  return { name: path.slice(slash + 1), prefix: path.slice(0, slash) };
}

function isPlainText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

interface HeaderFields {
  readonly name: string;
  readonly prefix: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly time: number;
  readonly type: string;
  readonly link: string;
}

function headerBlock({ name, prefix, mode, uid, gid, size, time, type, link }: HeaderFields): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(name, 0, 'ascii');
  writeNumber(block, 100, 8, mode & 0o7777);
  writeNumber(block, 108, 8, uid);
  writeNumber(block, 116, 8, gid);
  writeNumber(block, 124, 12, size);
  writeNumber(block, 136, 12, Math.max(0, Math.floor(time)));
  block.fill(' ', 148, 156);
  block.write(type, 156, 'ascii');
  block.write(link, 157, 'ascii');
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
  return Buffer.concat([content, tarPadding(content.length)]);
}
