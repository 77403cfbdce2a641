import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addRootFlags, collect, loadRequestOf, type RootFlags } from '../../../src/cli/root-flags.ts';
import { RecordedHost } from './recorded-host.ts';

function request(...words: readonly string[]) {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} });
  addRootFlags(program);
  program.parse(words, { from: 'user' });
  return loadRequestOf(new RecordedHost({ directory: '/here', environment: { A: '1' } }), program.opts<RootFlags>());
}

test('root flags become a load request', () => {
  expect(
    request(
      '-f',
      'a.yaml',
      '--file',
      'b.yaml',
      '-p',
      'shop',
      '--profile',
      'x',
      '--profile',
      'y',
      '--env-file',
      '.e',
      '--project-directory',
      'sub',
    ),
  ).toEqual({
    workingDirectory: '/here',
    environment: { A: '1' },
    homeDirectory: '/nonexistent',
    files: ['a.yaml', 'b.yaml'],
    projectName: 'shop',
    profiles: ['x', 'y'],
    environmentFiles: ['.e'],
    projectDirectory: '/here/sub',
  });
});

test('a number that is none is refused', () => {
  expect(() => request('--parallel', 'many')).toThrow('It is not a whole number.');
});

test('a repeated flag goes on after its negation', () => {
  expect(collect('b', collect('a', false))).toEqual(['a', 'b']);
});
