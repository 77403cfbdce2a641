import { fileNotFound } from '../../src/diagnostics/source-diagnostics.ts';
import { TopsailError } from '../../src/diagnostics/topsail-error.ts';
import type { SourceReader } from '../../src/source/source-reader.ts';

/** What a {@link memorySourceReader} holds beside its files. */
export interface MemoryFilesOptions {
  readonly standardInput?: string;
  /** Symbolic links: path to target, both absolute. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A SourceReader over texts by absolute path; folders exist because files lie in them. */
export function memorySourceReader(
  files: Readonly<Record<string, string>>,
  { standardInput, links = {} }: MemoryFilesOptions = {},
): SourceReader {
  const isDirectory = (path: string): boolean => Object.keys(files).some((file) => file.startsWith(`${path}/`));
  const missing = (path: string): Promise<never> => {
    const fault = fileNotFound(path);
    return Promise.reject(new TopsailError(fault.code, fault.message, { diagnostics: [fault] }));
  };
  return {
    readText: (path) => {
      const text = files[path];
      return text === undefined ? missing(path) : Promise.resolve({ name: path, text });
    },
    readStandardInput: () =>
      standardInput === undefined ? missing('-') : Promise.resolve({ name: '-', text: standardInput }),
    kind: (path) => Promise.resolve(files[path] === undefined ? (isDirectory(path) ? 'directory' : 'missing') : 'file'),
    realPath: (path) => {
      const link = Object.keys(links).find((from) => path === from || path.startsWith(`${from}/`));
      return Promise.resolve(link === undefined ? path : path.replace(link, links[link] ?? link));
    },
    list: () => Promise.resolve([]),
  };
}
