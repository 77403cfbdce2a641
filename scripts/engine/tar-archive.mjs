import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

const block = 512;

/**
 * One member of an archive. Paths are relative, folders end without a slash.
 * @typedef {{path: string, mode?: number} & ({folder: true} | {link: string} | {text: string} | {file: string})} TarEntry
 */

/**
 * Packs entries as a tar stream, owned by root and dated zero, so that equal entries give equal bytes.
 * @param {readonly TarEntry[]} entries
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* packTar(entries) {
  for (const entry of entries) {
    if ('folder' in entry) yield header(entry.path, '5', 0, entry.mode ?? 0o755);
    else if ('link' in entry) yield header(entry.path, '2', 0, 0o777, entry.link);
    else if ('text' in entry) yield* member(entry, Buffer.byteLength(entry.text), [Buffer.from(entry.text)]);
    else yield* member(entry, (await stat(entry.file)).size, createReadStream(entry.file));
  }
  yield Buffer.alloc(2 * block);
}

async function* member({ path, mode = 0o644 }, size, content) {
  yield header(path, '0', size, mode);
  yield* content;
  yield Buffer.alloc((block - (size % block)) % block);
}

/** A ustar header. */
function header(path, type, size, mode, link = '') {
  const { prefix, name } = splitPath(path);
  const bytes = Buffer.alloc(block);
  const octal = (value, length) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  bytes.write(name, 0, 100);
  bytes.write(octal(mode, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(size, 12), 124);
  bytes.write(octal(0, 12), 136);
  bytes.fill(' ', 148, 156);
  bytes.write(type, 156);
  bytes.write(link, 157, 100);
  bytes.write('ustar\0' + '00', 257);
  bytes.write(prefix, 345, 155);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
}

function splitPath(path) {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path };
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const prefix = path.slice(0, at);
    const name = path.slice(at + 1);
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { prefix, name };
  }
  throw new Error(`${path} is too long for a tar header`);
}
