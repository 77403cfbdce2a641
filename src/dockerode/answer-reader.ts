/** The whole answer to a short call. */
export interface ShortAnswer {
  readonly statusCode: number;
  /** By names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Where in an answer the next byte belongs. */
type Place = 'head' | 'sized-body' | 'endless-body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'complete';

/** Longest head, and longest line between chunks, in bytes. */
const longestHead = 64 * 1024;

const lineEnd = '\r\n';

/** Reads one HTTP/1.1 answer out of the bytes of a connection, however they were cut. */
export class AnswerReader {
  readonly #bodiless: boolean;
  #place: Place = 'head';
  /** Bytes of a head or line that is not all there yet. */
  #rest: Uint8Array = new Uint8Array(0);
  /** Bytes that the body or its chunk still lacks. */
  #missing = 0;
  #statusCode = 0;
  #headers: ReadonlyMap<string, string> = new Map();
  #staysOpen = true;
  readonly #pieces: Uint8Array[] = [];

  /** `method` is that of the request: the answer to a HEAD has no body. */
  constructor(method: string) {
    this.#bodiless = method === 'HEAD';
  }

  /** Takes bytes and tells whether the answer is complete. Throws an Error if they are no HTTP. */
  take(bytes: Uint8Array): boolean {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    while (this.#place !== 'complete' && this.#advance());
    return this.#place === 'complete';
  }

  /** Tells whether the answer is complete now that the connection has ended. */
  takeEnd(): boolean {
    return this.#place === 'complete' || this.#place === 'endless-body';
  }

  /** Whether the connection may carry another call. */
  get leavesConnection(): boolean {
    return this.#staysOpen && this.#place === 'complete' && this.#rest.length === 0;
  }

  answer(): ShortAnswer {
    const [only] = this.#pieces;
    const body = only !== undefined && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces);
    return { statusCode: this.#statusCode, headers: this.#headers, body: textOf(body) };
  }

  /** One step on; false when it needs more bytes. */
  #advance(): boolean {
    switch (this.#place) {
      case 'head':
        return this.#takeHead();
      case 'sized-body':
        return this.#takeData('complete');
      case 'chunk':
        return this.#takeData('chunk-end');
      case 'endless-body':
        this.#pieces.push(this.#cut(this.#rest.length));
        return false;
      case 'chunk-size':
        return this.#takeLine((line) => this.#beginChunk(line));
      case 'chunk-end':
        return this.#takeLine(() => 'chunk-size');
      case 'trailers':
        return this.#takeLine((line) => (line === '' ? 'complete' : 'trailers'));
      default:
        return false;
    }
  }

  #takeHead(): boolean {
    const text = this.#textUntil(`${lineEnd}${lineEnd}`);
    if (text === undefined) return false;
    const [statusLine = '', ...lines] = text.split(lineEnd);
    const [, minor, status] = /^HTTP\/1\.(\d) (\d{3})/.exec(statusLine) ?? [];
    if (status === undefined) throw new Error('what answers does not speak HTTP');
    this.#statusCode = Number(status);
    this.#headers = readHeaders(lines);
    this.#staysOpen = minor !== '0' && this.#headers.get('connection')?.toLowerCase() !== 'close';
    this.#place = this.#placeAfterHead();
    return true;
  }

  #placeAfterHead(): Place {
    const status = this.#statusCode;
    // The answer proper comes after an interim one.
    if (status < 200) return 'head';
    if (this.#bodiless || status === 204 || status === 304) return 'complete';
    if (this.#headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return 'chunk-size';
    const length = this.#headers.get('content-length');
    if (length === undefined) {
      this.#staysOpen = false;
      return 'endless-body';
    }
    this.#missing = readLength(length, /^\d+$/, 10);
    return this.#missing === 0 ? 'complete' : 'sized-body';
  }

  #beginChunk(line: string): Place {
    const [size = ''] = line.split(';');
    this.#missing = readLength(size.trim(), /^[0-9a-f]+$/i, 16);
    return this.#missing === 0 ? 'trailers' : 'chunk';
  }

  #takeData(next: Place): boolean {
    if (this.#rest.length === 0) return false;
    const piece = this.#cut(Math.min(this.#missing, this.#rest.length));
    this.#pieces.push(piece);
    this.#missing -= piece.length;
    if (this.#missing === 0) this.#place = next;
    return true;
  }

  #takeLine(placeAfter: (line: string) => Place): boolean {
    const line = this.#textUntil(lineEnd);
    if (line === undefined) return false;
    this.#place = placeAfter(line);
    return true;
  }

  /** The text before a mark, which is taken too; undefined if the mark is not there yet. */
  #textUntil(mark: string): string | undefined {
    const rest = Buffer.from(this.#rest.buffer, this.#rest.byteOffset, this.#rest.length);
    const end = rest.indexOf(mark, 0, 'latin1');
    if (end > longestHead || (end < 0 && rest.length > longestHead)) throw new Error('a head of the answer has no end');
    if (end < 0) return undefined;
    this.#cut(end + mark.length);
    return rest.toString('latin1', 0, end);
  }

  #cut(length: number): Uint8Array {
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return piece;
  }
}

function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).toLowerCase();
    if (name !== '') headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}

function readLength(text: string, digits: RegExp, radix: number): number {
  const length = digits.test(text) ? Number.parseInt(text, radix) : Number.NaN;
  if (!Number.isSafeInteger(length)) throw new Error(`an answer cannot be ${text.slice(0, 40)} bytes long`);
  return length;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
