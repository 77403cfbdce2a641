const blockSize = 512;
/** Extended headers are held in memory. */
const longestHeader = 1 << 20;

/** One entry of a tar archive that is read. */
export interface TarFileEntry {
  /** As it is written in the archive, which is not to be trusted. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'hard-link' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Modification time in seconds since the epoch. */
  readonly time: number;
  /** Of a link. */
  readonly target: string;
  /** Read at most once, before the next entry is asked for; what is left is skipped. */
  readonly content: AsyncIterable<Uint8Array>;
}

const kinds: ReadonlyMap<string, TarFileEntry['kind']> = new Map([
  ['', 'file'],
  ['0', 'file'],
  ['7', 'file'],
  ['5', 'directory'],
  ['2', 'link'],
  ['1', 'hard-link'],
]);

/**
 * Reads a tar archive, entry after entry: ustar, with pax and GNU extensions for long names and large numbers. Nothing but headers is
 * held in memory. Throws a RangeError for what is no archive or ends in the middle.
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TarFileEntry, void, undefined> {
  const input = new ByteReader(bytes);
  try {
    let extended: ReadonlyMap<string, string> = new Map();
    for (let block = await input.block(); block !== undefined; block = await input.block()) {
      if (block.every((byte) => byte === 0)) break;
      const header = readHeader(block);
      const more = await readExtension(input, header);
      if (more !== undefined) {
        extended = new Map([...extended, ...more]);
        continue;
      }
      const entry = withExtension(header, extended);
      extended = new Map();
      const content = input.stretch(entry.size);
      yield { ...entry, content: content.read() };
      await content.skip();
      await input.skip((blockSize - (entry.size % blockSize)) % blockSize);
    }
    await input.drain();
  } finally {
    await input.close();
  }
}

interface Header extends Omit<TarFileEntry, 'content'> {
  readonly type: string;
}

function readHeader(block: Buffer): Header {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (readNumber(block, 148, 8) !== sum) throw new RangeError('this is no tar archive, or a damaged one');
  const isUstar = readText(block, 257, 5) === 'ustar';
  const prefix = isUstar && block[262] === 0 ? readText(block, 345, 155) : '';
  const name = readText(block, 0, 100);
  const type = readText(block, 156, 1);
  const path = prefix === '' ? name : `${prefix}/${name}`;
  // Old archives mark a folder by its name alone.
  const kind = type === '' && path.endsWith('/') ? 'directory' : (kinds.get(type) ?? 'other');
  return {
    type,
    path,
    kind,
    mode: readNumber(block, 100, 8) & 0o7777,
    uid: readNumber(block, 108, 8),
    gid: readNumber(block, 116, 8),
    size: kind === 'link' || kind === 'hard-link' || kind === 'directory' ? 0 : readNumber(block, 124, 12),
    time: readNumber(block, 136, 12),
    target: readText(block, 157, 100),
  };
}

/** What an entry that only speaks of the next one says; undefined for one that stands for itself. */
async function readExtension(
  input: ByteReader,
  { type, size }: Header,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!['x', 'g', 'L', 'K'].includes(type)) return undefined;
  if (size > longestHeader) throw new RangeError('the tar archive has a header that is too long');
  const text = await input.take(size);
  await input.skip((blockSize - (size % blockSize)) % blockSize);
  if (type === 'x') return paxRecords(text);
  // Of a global header nothing concerns a single file.
  if (type === 'g') return new Map();
  return new Map([[type === 'L' ? 'path' : 'linkpath', readText(text, 0, text.length)]]);
}

/** `LENGTH KEY=VALUE\n`, one after the other. */
function paxRecords(text: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const blank = text.indexOf(' ', at);
    const length = Number(text.toString('latin1', at, blank));
    if (blank < 0 || !Number.isInteger(length) || length <= blank - at || at + length > text.length) {
      throw new RangeError('the tar archive has a malformed header');
    }
    const record = text.toString('utf8', blank + 1, at + length - 1);
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

function withExtension(written: Header, extended: ReadonlyMap<string, string>): Omit<TarFileEntry, 'content'> {
  const { type: _, ...header } = written;
  const number = (key: string, value: number): number => {
    const text = extended.get(key);
    return text === undefined || !Number.isFinite(Number(text)) || Number(text) < 0 ? value : Number(text);
  };
  return {
    ...header,
    path: extended.get('path') ?? header.path,
    target: extended.get('linkpath') ?? header.target,
    size: header.kind === 'file' || header.kind === 'other' ? number('size', header.size) : 0,
    uid: number('uid', header.uid),
    gid: number('gid', header.gid),
    time: number('mtime', header.time),
  };
}

function readText(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? field.length : end);
}

/** Octal digits, or base 256 for large numbers. */
function readNumber(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  if ((first & 0x80) === 0) return Number.parseInt(readText(block, at, length).trim() || '0', 8) || 0;
  let value = first & 0x3f;
  for (const byte of block.subarray(at + 1, at + length)) value = value * 256 + byte;
  return value;
}

/** Takes bytes from a stream in the amounts that are asked for. */
class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  /** The next block; undefined at the end of the stream. */
  async block(): Promise<Buffer | undefined> {
    const first = await this.#some(blockSize);
    if (first === undefined) return undefined;
    return first.length === blockSize
      ? Buffer.from(first)
      : Buffer.concat([first, await this.take(blockSize - first.length)]);
  }

  async take(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const piece = await this.#next(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }

  async skip(length: number): Promise<void> {
    for (let left = length; left > 0; ) left -= (await this.#next(left)).length;
  }

  /** So many bytes from here on, of which as many are read as somebody wants. */
  stretch(length: number): { read(): AsyncIterable<Uint8Array>; skip(): Promise<void> } {
    let left = length;
    const next = async (): Promise<Uint8Array> => {
      const piece = await this.#next(left);
      left -= piece.length;
      return piece;
    };
    return {
      read: async function* () {
        while (left > 0) yield await next();
      },
      skip: async () => {
        while (left > 0) await next();
      },
    };
  }

  /** Reads what comes behind the end of the archive, so that whoever writes it can end too. */
  async drain(): Promise<void> {
    while ((await this.#some(Number.POSITIVE_INFINITY)) !== undefined);
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #next(most: number): Promise<Uint8Array> {
    const piece = await this.#some(most);
    if (piece === undefined) throw new RangeError('the tar archive ends in the middle');
    return piece;
  }

  async #some(most: number): Promise<Uint8Array | undefined> {
    while (this.#rest.length === 0) {
      const next: IteratorResult<Uint8Array, unknown> = await this.#source.next();
      if (next.done === true) return undefined;
      this.#rest = next.value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }
}
