import { join } from 'node:path';
import { fileNotFound } from '../../src/diagnostics/source-diagnostics.ts';
import { TopsailError } from '../../src/diagnostics/topsail-error.ts';
import { createDiskSourceReader } from '../../src/source/disk-source-reader.ts';
import type { SourceReader } from '../../src/source/source-reader.ts';

/** The folder that holds a case's project. */
export const parentFolder = '/conformance/up';

const ofTheCorpus = new Set(['case.json', 'expected.json', 'expected.err']);

/** Reads a case as if it were the only thing on the machine: its folder appears below {@link parentFolder}. */
export function caseSourceReader(folder: string, name: string, standardInput: string | undefined): SourceReader {
  const disk = createDiskSourceReader(
    standardInput === undefined ? {} : { standardInput: inputOf(join(folder, standardInput)) },
  );
  const project = `${parentFolder}/${name}`;
  const toDisk = (path: string): string | undefined => {
    if (path === project) return folder;
    const inside = path.startsWith(`${project}/`) ? path.slice(project.length + 1) : undefined;
    return inside === undefined || ofTheCorpus.has(inside) ? undefined : join(folder, inside);
  };
  return {
    readText: async (path, options) => {
      const real = toDisk(path);
      const fault = fileNotFound(path);
      if (real === undefined || (await disk.kind(real)) === 'missing') {
        throw new TopsailError(fault.code, fault.message, { diagnostics: [fault] });
      }
      const { text } = await disk.readText(real, options);
      return { name: path, text };
    },
    readStandardInput: (options) => disk.readStandardInput(options),
    kind: async (path) => {
      const real = toDisk(path);
      return real === undefined ? 'missing' : disk.kind(real);
    },
    realPath: async (path) => {
      const real = toDisk(path);
      if (real === undefined) return project.startsWith(path) ? path : undefined;
      const resolved = await disk.realPath(real);
      return resolved?.replace(folder, project);
    },
    list: async (path) => {
      const real = toDisk(path);
      return real === undefined ? [] : disk.list(real);
    },
  };
}

async function* inputOf(path: string): AsyncIterable<string> {
  const { readFile } = await import('node:fs/promises');
  yield await readFile(path, 'utf8');
}
