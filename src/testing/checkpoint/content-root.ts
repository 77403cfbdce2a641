/** Who owns the root of a volume, and who may do what in it. */
export interface ContentRoot {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const blockSize = 512;

/** More of an archive is never kept back to find its first entry. */
const longestHead = 1024 * 1024;

/**
 * Passes a tar archive on as it is, and tells of its first entry, which is the folder that was asked for. Throws a TypeError for what
 * is no archive.
 */
export async function* tapContentRoot(
  archive: AsyncIterable<Uint8Array>,
  tell: (root: ContentRoot) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of archive) {
    if (head !== undefined) {
      head = Buffer.concat([head, chunk]);
      const root = readContentRoot(head);
      if (root !== undefined) tell(root);
      if (root !== undefined || head.length > longestHead) head = undefined;
    }
    yield chunk;
  }
  if (head !== undefined) throw new TypeError('the engine gave no archive of the volume');
}

/** The attributes of the first entry that is no record about the next one; undefined if there are not enough bytes yet. */
export function readContentRoot(bytes: Buffer): ContentRoot | undefined {
  const records = new Map<string, number>();
  for (let at = 0; at + blockSize <= bytes.length; ) {
    const block = bytes.subarray(at, at + blockSize);
    const size = readNumber(block, 124, 12);
    const kind = String.fromCharCode(block[156] ?? 0);
    const next = at + blockSize + Math.ceil(size / blockSize) * blockSize;
    if (kind !== 'x' && kind !== 'g') {
      return {
        mode: readNumber(block, 100, 8) & 0o7777,
        uid: records.get('uid') ?? readNumber(block, 108, 8),
        gid: records.get('gid') ?? readNumber(block, 116, 8),
      };
    }
    if (next > bytes.length) return undefined;
    readRecords(bytes.subarray(at + blockSize, at + blockSize + size).toString('latin1'), records);
    at = next;
  }
  return undefined;
}

function readRecords(text: string, records: Map<string, number>): void {
  for (const [, name = '', value = ''] of text.matchAll(/^\d+ (uid|gid)=(\d+)$/gm)) records.set(name, Number(value));
}

/** Octal digits, or base 256 if the first bit is set. */
function readNumber(block: Buffer, at: number, length: number): number {
  if (((block[at] ?? 0) & 0x80) !== 0) return block.readUIntBE(at + length - 6, 6);
  const digits = block.toString('latin1', at, at + length).replaceAll(/[^0-7]/g, '');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}
