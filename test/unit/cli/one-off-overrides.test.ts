import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RunFlags } from '../../../src/cli/commands/run.ts';
import { oneOffOverrides, terminalOf } from '../../../src/cli/one-off-overrides.ts';
import type { OneOffOverrides } from '../../../src/state/one-off.ts';
import { projectOf } from '../state/project-of.ts';
import { RecordedHost } from './recorded-host.ts';

function read(flags: RunFlags, command: readonly string[] = [], directory = '/here'): Promise<OneOffOverrides> {
  const host = new RecordedHost({ directory, environment: { OUTER: 'outer' } });
  const project = projectOf({ services: {}, origin: { environment: { KNOWN: 'known' } } });
  return oneOffOverrides(host, project, command, flags);
}

describe('oneOffOverrides', () => {
  test('reads what it is given', async () => {
    const flags: RunFlags = {
      entrypoint: 'sh -c "a b"',
      label: ['a=b=c', 'd='],
      volume: ['./data:/data:ro', 'named:/n', '/anonymous'],
      publish: ['8080:80', '53/udp'],
      env: ['A=1=2', 'KNOWN', 'UNKNOWN'],
    };
    expect(await read(flags, ['x', '-y'])).toMatchObject({
      command: ['x', '-y'],
      entrypoint: ['sh', '-c', 'a b'],
      labels: { a: 'b=c', d: '' },
      volumes: [
        { type: 'bind', source: '/here/data', target: '/data', read_only: true },
        { type: 'volume', source: 'named', target: '/n' },
        { type: 'volume', target: '/anonymous' },
      ],
      ports: [
        { target: 80, published: '8080', protocol: 'tcp' },
        { target: 53, protocol: 'udp' },
      ],
      environment: { A: '1=2', KNOWN: 'known' },
    });
    expect(await read({ servicePorts: true })).toMatchObject({ ports: 'service' });
  });

  test('files with variables stand below flags, later ones above earlier ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'topsail-overrides-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'one'), 'A=1\nB=$OUTER\nOUTER\nKNOWN\n');
    await writeFile(join(folder, 'two'), 'A=2\nC="x y"\n');
    const { environment } = await read({ envFromFile: ['one', 'two'], env: ['C=flag'] }, [], folder);
    expect(environment).toEqual({ A: '2', B: 'outer', OUTER: 'outer', C: 'flag' });
    await expect(read({ envFromFile: ['none'] }, [], folder)).rejects.toThrow(
      'cannot read the env file: open none: no such file or directory',
    );
  });

  test('says what it cannot read', async () => {
    await expect(read({ label: ['a'] })).rejects.toThrow('label must be set as KEY=VALUE');
    await expect(read({ publish: ['abc'] })).rejects.toThrow('Invalid containerPort: abc');
    await expect(read({ volume: ['aa:bb:cc:dd'] })).rejects.toThrow('too many colons');
    await expect(read({ entrypoint: 'a "' })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('terminalOf', () => {
  const outcome = (stdin: boolean, stdout: boolean, flags: RunFlags): unknown =>
    terminalOf({ stdin: { isTerminal: stdin }, stdout: { isTerminal: stdout } } as never, flags);

  test('follows the streams unless a flag says so', () => {
    expect(outcome(true, true, {})).toEqual({ terminal: true, input: true });
    expect(outcome(true, false, {})).toEqual({ terminal: false, input: true });
    expect(outcome(false, true, {})).toEqual({ terminal: false, input: true });
    expect(outcome(true, true, { noTty: true })).toEqual({ terminal: false, input: true });
    expect(outcome(true, false, { tty: true })).toEqual({ terminal: true, input: true });
    expect(outcome(false, true, { interactive: false })).toEqual({ terminal: true, input: false });
    expect(outcome(false, false, { tty: true, detach: true })).toEqual({ terminal: true, input: true });
  });

  test('a terminal that nobody can type on is refused', () => {
    expect(() => outcome(false, true, { tty: true })).toThrow('the input device is not a TTY');
    expect(() => outcome(false, true, { interactive: true })).toThrow('the input device is not a TTY');
    expect(() => outcome(true, true, { tty: true, noTty: true })).toThrow("can't be used together");
  });
});
