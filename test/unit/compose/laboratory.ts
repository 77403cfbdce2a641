import { loadProjectStrictly } from '../../../src/compose/load-project-strictly.ts';
import type { ComposePorts } from '../../../src/compose/ports.ts';
import { systemClock } from '../../../src/connect/system-clock.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import type { Project } from '../../../src/project/project.ts';
import type { SourceReader } from '../../../src/source/source-reader.ts';

/** An engine in memory, and what turns a text into a project. */
export interface Laboratory {
  readonly engine: MemoryEngine;
  readonly ports: ComposePorts;
  readonly project: (text: string) => Promise<Project>;
}

/** Opens one with an image named `app`. */
export function laboratory(): Laboratory {
  const engine = createMemoryEngine({ images: ['app'] });
  return { engine, ports: { engine, clock: systemClock }, project: (text) => projectFrom(text) };
}

async function projectFrom(text: string): Promise<Project> {
  const file = '/p/compose.yaml';
  const reader: SourceReader = {
    readText: (path) =>
      path === file ? Promise.resolve({ name: file, text }) : Promise.reject(new Error(`no ${path}`)),
    readStandardInput: () => Promise.reject(new Error('no standard input')),
    kind: (path) => Promise.resolve(path === file ? 'file' : path === '/p' ? 'directory' : 'missing'),
    realPath: (path) => Promise.resolve(path),
    list: () => Promise.resolve([]),
  };
  const loaded = await loadProjectStrictly({ workingDirectory: '/p', environment: {}, files: [file] }, reader);
  return loaded.project;
}
