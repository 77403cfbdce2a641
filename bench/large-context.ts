import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Claim, claim, claimMemory } from './claim.ts';
import { type Contender, interleave, type Run, run } from './measure.ts';
import type { RawEngine } from './raw-engine.ts';

const folders = 200;
const filesInFolder = 100;
const fileBytes = 100_000;
const image = process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest';

/**
 * A build whose context has 20,000 files and comes to 2 GB, the whole of it and once more unchanged, beside buildx. `launcher` is our
 * command.
 */
export async function largeContext(
  title: string,
  engine: RawEngine,
  launcher: string,
  rounds: number,
): Promise<readonly Claim[]> {
  const begun = new Date();
  const places: string[] = [];
  const builders: readonly (readonly [name: string, argv: (tag: string) => readonly string[]])[] = [
    ['topsail', () => [process.execPath, launcher, 'build']],
    ['docker buildx', (tag) => ['docker', 'buildx', 'build', '-t', tag, '.']],
  ];
  try {
    const sides = builders.map(([name, argv]) => {
      const side = new BuildSide(name, argv, places);
      return { cold: side.cold(), again: side.again() };
    });
    const cold = await interleave(
      sides.map((side) => side.cold),
      rounds,
    );
    const again = await interleave(
      sides.map((side) => side.again),
      rounds,
    );
    const [ours] = cold;
    return [
      claim(`${title}, sent for the first time`, 1.1, cold),
      claim(`${title}, unchanged`, 1.2, again),
      ...(ours === undefined ? [] : [claimMemory(`${title}, of 150 MB of memory`, 150e6, ours)]),
    ];
  } finally {
    for (const place of places) {
      rmSync(path.dirname(place), { recursive: true, force: true });
      await engine.call('DELETE', `/images/${tagOf(place)}?force=1`);
    }
    await forgetContexts(engine, begun);
  }
}

/** One of the two: every cold build has a context that the builder has never seen, the others that of the last cold one. */
class BuildSide {
  readonly #name: string;
  readonly #argv: (tag: string) => readonly string[];
  readonly #places: string[];
  #place = '';

  constructor(name: string, argv: (tag: string) => readonly string[], places: string[]) {
    this.#name = name;
    this.#argv = argv;
    this.#places = places;
  }

  cold(): Contender {
    const before = async (): Promise<void> => {
      this.#place = writeContext();
      this.#places.push(this.#place);
    };
    return { name: this.#name, before, step: () => this.#build(), after: async () => undefined };
  }

  again(): Contender {
    const nothing = async (): Promise<void> => undefined;
    return { name: this.#name, before: nothing, step: () => this.#build(), after: nothing };
  }

  #build(): Promise<Run> {
    return run({ name: this.#name, argv: this.#argv(tagOf(this.#place)), cwd: this.#place });
  }
}

/** The project of the folder has the same name as the image. */
function tagOf(place: string): string {
  return path.basename(place);
}

function writeContext(): string {
  const parent = mkdtempSync(path.join(tmpdir(), 'topsail-bench-'));
  const place = path.join(parent, `topsail-bench-${randomBytes(4).toString('hex')}`);
  for (let folder = 0; folder < folders; folder += 1) {
    const inside = path.join(place, 'files', String(folder));
    mkdirSync(inside, { recursive: true });
    for (let file = 0; file < filesInFolder; file += 1) {
      const name = path.join(inside, `${String(file)}.bin`);
      writeFileSync(name, '');
      truncateSync(name, fileBytes);
    }
  }
  // Bound into a step, all of the context is sent and none of it copied, so that sending is what is measured.
  const mount = '--mount=type=bind,target=/context';
  writeFileSync(path.join(place, 'Dockerfile'), `FROM ${image}\nRUN ${mount} ls /context/files | wc -l > /count\n`);
  writeFileSync(
    path.join(place, 'compose.yaml'),
    `services: {all: {image: "${path.basename(place)}", build: {context: .}}}\n`,
  );
  return place;
}

interface CacheRecord {
  readonly ID: string;
  readonly Size: number;
  readonly CreatedAt: string;
}

/** Contexts of this size that the builder keeps since then. */
async function forgetContexts(engine: RawEngine, since: Date): Promise<void> {
  const { BuildCache } = (await engine.call('GET', '/system/df?type=build-cache')) as {
    readonly BuildCache: readonly CacheRecord[];
  };
  const large = (folders * filesInFolder * fileBytes) / 2;
  for (const { ID, Size, CreatedAt } of BuildCache) {
    if (Size < large || new Date(CreatedAt) < since) continue;
    const filters = encodeURIComponent(JSON.stringify({ id: [ID] }));
    await engine.call('POST', `/build/prune?all=1&filters=${filters}`);
  }
}
