import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Run, timed } from './measure.ts';
import type { BenchProject } from './projects.ts';
import type { RawEngine } from './raw-engine.ts';

/** The published library, as a test harness uses it: inside its own process, on an engine that is connected already. */
type Library = typeof import('../src/index.ts');

/** Takes a disposable stack down through the library. */
export async function openLibraryDown(): Promise<{
  readonly down: (project: BenchProject) => Promise<Run>;
  readonly close: () => Promise<void>;
}> {
  const library = (await import(pathToFileURL(path.resolve('dist/lib/index.js')).href)) as Library;
  const engine = await library.connectEngine({ environment: process.env, homeDirectory: '/' });
  return {
    down: (project) =>
      timed(() => library.down({ name: project.name }, { engine, volumes: true, disposable: true, parallelism: 64 })),
    close: () => engine.close(),
  };
}

/** Takes the same stack down by forced removals alone, all at once, then its network. */
export function rawForcedRemovals(engine: RawEngine, project: BenchProject): Promise<Run> {
  return timed(async () => {
    const names = Array.from({ length: project.services }, (_, index) => `${project.name}-s${String(index)}-1`);
    await Promise.all(names.map((name) => engine.call('DELETE', `/containers/${name}?force=1&v=1`)));
    await engine.call('DELETE', `/networks/${project.name}_default`);
  });
}
