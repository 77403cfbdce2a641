import { expect, it } from 'vitest';
import { Faults } from '../../../../src/testing/faults/faults.ts';

const signal = new AbortController().signal;

function recording() {
  const undone: string[] = [];
  const faults = new Faults();
  const bring = (name: string, error?: Error) =>
    faults.bring(name, () =>
      Promise.resolve(() => {
        undone.push(name);
        return error === undefined ? Promise.resolve() : Promise.reject(error);
      }),
    );
  return { undone, faults, bring };
}

it('undoes all faults, the latest first, and each once', async () => {
  const { undone, faults, bring } = recording();
  await bring('a');
  await bring('b');
  await bring('c');
  await faults.undo('b', signal);
  await faults.undo('b', signal);
  await faults.heal(signal);
  await faults.heal(signal);
  expect(undone).toEqual(['b', 'c', 'a']);
});

it('undoes the others when one cannot be undone, and tells', async () => {
  const { undone, faults, bring } = recording();
  await bring('a');
  await bring('b', new Error('no'));
  await expect(faults.heal(signal)).rejects.toThrow('no');
  expect(undone).toEqual(['b', 'a']);
});

it('keeps the first undo of a fault that is brought in again: it knows how things were', async () => {
  const { undone, faults, bring } = recording();
  await bring('a');
  await faults.bring('a', () => Promise.resolve(() => Promise.resolve(void undone.push('second'))));
  await faults.heal(signal);
  expect(undone).toEqual(['a']);
});
