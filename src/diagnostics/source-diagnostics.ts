import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** Nothing at the path. */
export const fileNotFound: DiagnosticFactory<[path: string, hint?: string]> = defineDiagnostic({
  code: 'file-not-found',
  about: 'A file that was named, on the command line or in another file, does not exist.',
  write: (path, hint) => ({ message: `open ${path}: no such file or directory`, hint }),
});

/** A folder where a file is needed. */
export const fileIsDirectory: DiagnosticFactory<[path: string]> = defineDiagnostic({
  code: 'file-is-directory',
  about: 'A folder was named where a file is needed.',
  write: (path) => ({ message: `read ${path}: is a directory`, hint: 'name the file inside it' }),
});

/** The machine refuses to read. */
export const fileUnreadable: DiagnosticFactory<[path: string, reason: string]> = defineDiagnostic({
  code: 'file-unreadable',
  about: 'The file exists, but the machine does not let us read it: no permission, or a broken disk or link.',
  write: (path, reason) => ({
    message: `open ${path}: ${reason}`,
    hint: reason === 'permission denied' ? 'check who may read it: ls -l' : undefined,
  }),
});

/** More text than anyone writes. */
export const fileTooLarge: DiagnosticFactory<[path: string, limit: number]> = defineDiagnostic({
  code: 'file-too-large',
  about: 'The file is larger than any compose or env file; reading stops to protect the machine.',
  write: (path, limit) => ({
    message: `read ${path}: too large: more than ${limit / 1024 / 1024} MiB`,
    hint: 'check that this is the file you mean',
  }),
});

/** No text at all. */
export const fileBinary: DiagnosticFactory<[path: string, offset: number]> = defineDiagnostic({
  code: 'file-binary',
  about: 'The file holds NUL bytes, so it is no text: an archive, an image, a program.',
  write: (path, offset) => ({
    message: `read ${path}: binary file: control characters are not allowed (a NUL byte at offset ${offset})`,
    hint: 'check that this is the file you mean',
  }),
});

/** Text in another encoding. */
export const fileNotUtf8: DiagnosticFactory<[path: string, at: SourceSpan, byte: number]> = defineDiagnostic({
  code: 'file-not-utf8',
  about: 'The file is text, but not in UTF-8, the encoding of YAML and env files.',
  write: (path, at, byte) => ({
    message: `read ${path}: invalid UTF-8 (byte 0x${byte.toString(16).padStart(2, '0')})`,
    at,
    hint: 'save it as UTF-8',
  }),
});

/** `-` without anything to read. */
export const noStandardInput: DiagnosticFactory<[]> = defineDiagnostic({
  code: 'no-standard-input',
  about: '`-` stands for standard input, which this caller does not offer.',
  write: () => ({ message: 'read -: standard input is not available here' }),
});
