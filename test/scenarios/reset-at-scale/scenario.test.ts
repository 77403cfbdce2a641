import { join } from 'node:path';
import { expect, test } from 'vitest';
import { up } from '../../../src/testing/up.ts';
import { isFullScale, middleOf, scaleTimeout, tellFigure } from '../harness/scale.ts';

/** `files` of `kilobytes` each; of them `changed` are overwritten, as many appended to, deleted and added. */
const size = isFullScale
  ? { files: 5000, kilobytes: 20, changed: 300, rounds: 50 }
  : { files: 200, kilobytes: 4, changed: 10, rounds: 3 };

const fill = `
  cd /data && for folder in $(seq 0 9); do mkdir $folder; done
  for i in $(seq ${String(size.files)}); do head -c ${String(size.kilobytes)}k /dev/urandom >$((i % 10))/$i || exit 1; done
  ls */* | wc -l`;
const hash = 'cd /data && find . -type f | sort | xargs sha256sum | sha256sum';
const change = `
  cd /data && find . -type f | sort >/tmp/files
  part() { tail -n +$((1 + $1 * ${String(size.changed)})) /tmp/files | head -n ${String(size.changed)}; }
  for file in $(part 0); do printf instead | dd of=$file conv=notrunc bs=1 seek=9 2>/dev/null || exit 1; done
  for file in $(part 1); do echo more >>$file || exit 1; done
  part 2 | xargs rm
  mkdir new && for i in $(seq ${String(size.changed)}); do echo new >new/$i || exit 1; done`;

test(`a volume of ${String(size.files)} files that are overwritten, appended to, deleted and added comes back the same ${String(size.rounds)} times`, {
  timeout: scaleTimeout,
}, async () => {
  const env = { TOPSAIL_TEST_BUSYBOX: process.env['TOPSAIL_TEST_BUSYBOX'] ?? 'busybox:latest' };
  await using stack = await up(join(import.meta.dirname, 'compose.yaml'), { env });
  const run = async (script: string): Promise<string> => {
    const { exitCode, stdout, stderr } = await stack.service('store').exec(['sh', '-c', script]);
    if (exitCode !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  expect(await run(fill)).toBe(String(size.files));
  const before = await run(hash);
  await stack.checkpoint('filled');
  const times: number[] = [];
  for (let round = 0; round < size.rounds; round += 1) {
    await run(change);
    expect(await run(hash)).not.toBe(before);
    const begin = performance.now();
    await stack.reset('filled');
    times.push(performance.now() - begin);
    expect({ round, hash: await run(hash) }).toEqual({ round, hash: before });
  }
  tellFigure(
    `${String(size.rounds)} resets: middle ${middleOf(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`,
  );
  // How long it takes is a figure only where nothing else runs.
  if (isFullScale) expect(middleOf(times)).toBeLessThan(2000);
});
