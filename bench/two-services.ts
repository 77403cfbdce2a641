import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Run, timed } from './measure.ts';
import { type BenchProject, storeAndServer } from './projects.ts';
import type { RawEngine } from './raw-engine.ts';

/** The published harness, inside the process of the tests, as its users have it. */
type Harness = typeof import('../src/testing/index.ts');

/** What is used of Testcontainers. */
interface Testcontainers {
  readonly DockerComposeEnvironment: new (
    folder: string,
    file: string,
  ) => {
    withWaitStrategy(container: string, strategy: unknown): { up(): Promise<{ down(): Promise<unknown> }> };
  };
  readonly Wait: { forHealthCheck(): unknown };
}

/** Bringing a stack of a store and a server up, ready, and down again. */
export interface TwoServices {
  readonly project: BenchProject;
  readonly topsail: () => Promise<Run>;
  readonly testcontainers: () => Promise<Run>;
}

/** Where Testcontainers is installed; it is no dependency of ours. */
const home = path.resolve('node_modules/.cache/topsail-bench');

/** Prepares both sides, or gives what is missing for them. */
export async function openTwoServices(engine: RawEngine): Promise<TwoServices | string> {
  const project = storeAndServer();
  for (const image of project.images ?? []) {
    const found = (await engine.call('GET', `/images/${image}/json`)) as { readonly Id?: string };
    if (found.Id === undefined) return `no image ${image} on the engine`;
  }
  if (!existsSync(path.join(home, 'node_modules/testcontainers'))) {
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'package.json'), '{"private": true}\n');
    const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'testcontainers@11'];
    if (spawnSync('npm', words, { cwd: home, stdio: 'ignore' }).status !== 0)
      return 'Testcontainers cannot be installed';
  }
  // Its reaper is an image that has to be pulled.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  const { DockerComposeEnvironment, Wait } = createRequire(path.join(home, 'package.json'))(
    'testcontainers',
  ) as Testcontainers;
  const { up } = (await import(pathToFileURL(path.resolve('dist/lib/testing/index.js')).href)) as Harness;
  return {
    project,
    topsail: () =>
      timed(async () => {
        const stack = await up(path.join(project.folder, 'compose.yaml'));
        await stack.down();
      }),
    testcontainers: () =>
      timed(async () => {
        const environment = new DockerComposeEnvironment(project.folder, 'compose.yaml');
        const started = await environment.withWaitStrategy('cache-1', Wait.forHealthCheck()).up();
        await started.down();
      }),
  };
}
