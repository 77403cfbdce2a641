import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fileBinary, fileNotUtf8 } from '../diagnostics/source-diagnostics.ts';
import type { SourceText } from '../diagnostics/source-text.ts';

/** A text, or why the bytes are none. */
export type DecodedText = { readonly source: SourceText } | { readonly fault: Diagnostic };

const replacement = '\uFFFD';

/** The encoding a byte order mark announces. Windows PowerShell writes UTF-16 when its output is redirected. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The first character that stands for invalid bytes; one that the file itself holds is none. */
function firstInvalid(bytes: Uint8Array, text: string): { index: number; byte: number } {
  const markLength = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let offset = markLength;
  let from = 0;
  for (let index = text.indexOf(replacement); index !== -1; index = text.indexOf(replacement, from)) {
    offset += Buffer.byteLength(text.slice(from, index), 'utf8');
    const genuine = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!genuine) return { index, byte: bytes[offset] ?? 0 };
    offset += 3;
    from = index + 1;
  }
  return { index: 0, byte: bytes[markLength] ?? 0 };
}

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Turns bytes into text: UTF-8, or UTF-16 with a byte order mark. The mark is not part of the text. */
export function decodeText(name: string, bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  if (encoding !== 'utf-8') return { source: { name, text: new TextDecoder(encoding).decode(bytes) } };
  const binaryAt = bytes.indexOf(0);
  if (binaryAt !== -1) return { fault: fileBinary(name, binaryAt) };
  const text = new TextDecoder('utf-8').decode(bytes);
  if (!text.includes(replacement) || isValid(bytes)) return { source: { name, text } };
  const { index, byte } = firstInvalid(bytes, text);
  return { fault: fileNotUtf8(name, { source: { name, text }, start: index, end: index + 1 }, byte) };
}
