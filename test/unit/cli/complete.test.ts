import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { completionScript } from '../../../src/cli/completion-scripts.ts';
import { runCommandLine } from '../../../src/cli/main.ts';
import { projectFolder } from './project-folder.ts';
import { RecordedHost } from './recorded-host.ts';

const folder = projectFolder({
  'compose.yaml': 'services: {web: {image: a}, db: {image: b}, admin: {image: c, profiles: [x]}}\n',
  'other.yaml': 'services: {cache: {image: a}}\n',
});

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const host = new RecordedHost({ directory: folder() });
  expect(await runCommandLine(['__completeNoDesc', ...words], host)).toBe(0);
  expect(host.stderr.text).toBe('');
  return host.stdout.text.trimEnd().split('\n');
}

test.each([
  [['unp'], ['unpause', ':4']],
  [['--proj'], ['--project-name', '--project-directory', ':4']],
  [
    ['--progress', 'p'],
    ['plain', ':4'],
  ],
  [['--ansi=n'], ['--ansi=never', ':4']],
  [
    ['--ansi', '=', 'n'],
    ['never', ':4'],
  ],
  [['-f', ''], [':0']],
  [['-p', ''], [':4']],
  [
    ['ps', ''],
    ['admin', 'db', 'web', ':4'],
  ],
  [
    ['ps', 'web', 'd'],
    ['db', ':4'],
  ],
  [
    ['ps', '--status', 're'],
    ['restarting', 'removing', ':4'],
  ],
  [
    ['ps', '--no-t'],
    ['--no-trunc', ':4'],
  ],
  [
    ['-f', 'other.yaml', 'logs', ''],
    ['cache', ':4'],
  ],
  [['-f', 'none.yaml', 'logs', ''], [':4']],
  [
    ['up', '--scale', 'w'],
    ['web=', ':4'],
  ],
  [
    ['up', '--exit-code-from', 'd'],
    ['db', ':4'],
  ],
  [['port', 'web', ''], [':4']],
  [
    ['exec', ''],
    ['admin', 'db', 'web', ':4'],
  ],
  [['exec', '-T', 'web', ''], [':0']],
  [['exec', 'web', '--'], [':0']],
  [['alpha', ''], [':4']],
  [['nothing', ''], [':4']],
])('%j: %j', async (words, expected) => {
  expect(await complete(...words)).toEqual(expected);
});

test('with their meanings candidates are as shells other than bash want them', async () => {
  const host = new RecordedHost({ directory: folder() });
  await runCommandLine(['__complete', 'vers'], host);
  expect(host.stdout.text).toMatch(/^version\t.+\n:4\n$/);
});

test('the script of bash asks the program and takes its answer', () => {
  const script = `
topsail() { printf '%s\\n' "\${@: -1}-completed" other :4; }
${completionScript('bash')}
COMP_WORDS=(topsail ps we); COMP_CWORD=2
_topsail
echo "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('we-completed\n');
});

test('there are scripts for zsh and fish, and for no other shell', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const host = new RecordedHost();
    expect(await runCommandLine(['completion', shell], host)).toBe(0);
    expect(host.stdout.text).toContain('__complete');
  }
  const host = new RecordedHost();
  expect(await runCommandLine(['completion', 'tcsh'], host)).toBe(1);
  expect(host.stderr.text).toContain('use one of bash, zsh, fish');
});
