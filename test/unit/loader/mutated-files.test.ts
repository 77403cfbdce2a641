import { expect, it } from 'vitest';
import { readSeeds } from '../../fuzz/seeds.ts';
import { makeInput, tryInput } from '../../fuzz/try-input.ts';

it('mutated files are loaded or refused with diagnostics, never with an error from inside', async () => {
  const seeds = readSeeds();
  const broken: string[] = [];
  for (let number = 0; number < 300; number += 1) {
    const input = makeInput(seeds, number);
    const { problem } = await tryInput(input);
    if (problem !== undefined) broken.push(`${String(number)} ${input.id}: ${problem}`);
  }
  expect(broken).toEqual([]);
});
