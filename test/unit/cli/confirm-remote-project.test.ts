import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { confirmRemoteProject } from '../../../src/cli/confirm-remote-project.ts';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import { recordingReader } from '../../../src/cli/recording-reader.ts';
import type { Session } from '../../../src/cli/session.ts';
import { loadProjectStrictly } from '../../../src/compose/load-project-strictly.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';
import { RecordedHost } from './recorded-host.ts';

const main = 'https://me:secret@host/app.git';
const inner = 'git@host:inner.git';

const paths: Readonly<Record<string, string>> = { [main]: '/cache/1/compose.yaml', [inner]: '/cache/2/compose.yaml' };

const plain = { '/cache/1/compose.yaml': 'services: {a: {image: x}}' };
const including = {
  '/cache/1/compose.yaml': `include: ["${inner}"]\nservices: {a: {image: "x:\${TAG:-1}", command: "\${NAME:?who}"}}`,
  '/cache/2/compose.yaml': 'services: {b: {image: y}}',
};
const own = { '/here/compose.yaml': `include: ["${inner}"]`, '/cache/2/compose.yaml': 'services: {b: {image: y}}' };

interface Outcome {
  readonly shown: string;
  readonly fault: string | undefined;
}

/** Loads, confirms, and gives what was shown. */
async function confirm(
  files: Readonly<Record<string, string>>,
  answers: string,
  options: { readonly file?: string; readonly yes?: boolean; readonly format?: 'plain' | 'json' } = {},
): Promise<Outcome> {
  const host = new RecordedHost({ environment: { NAME: 'joe' }, directory: '/here' });
  const { file = main, yes, format = 'plain' } = options;
  const session: Session = {
    host,
    flags: { file: [file] },
    display: { format, stdoutColours: false, stderrColours: false },
    interrupts: listenForInterrupts(host),
  };
  const fetch = (reference: string): Promise<string> => Promise.resolve(paths[reference] ?? '');
  const { reader, remoteFiles } = recordingReader({ ...memorySourceReader(files), remote: { fetch } });
  const request = { workingDirectory: '/here', environment: host.environment, files: [file] };
  const loaded = await loadProjectStrictly(request, reader);
  const input = Readable.from([answers]);
  try {
    await confirmRemoteProject(session, { loaded, reader, remoteFiles }, { yes, input });
    return { shown: host.stdout.text, fault: undefined };
  } catch (thrown) {
    return { shown: host.stdout.text, fault: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

const location = 'Your compose stack "https://me:***@host/app.git" is stored in "/cache/1"\n';

describe('confirmRemoteProject', () => {
  test('says where a remote project is, and asks nothing that is not needed', async () => {
    expect(await confirm(plain, '')).toEqual({ shown: location, fault: undefined });
  });

  test('asks whether what it includes is trusted, and shows its variables', async () => {
    const { shown, fault } = await confirm(including, 'y\ny\n');
    expect(fault).toBeUndefined();
    expect(shown).toBe(`${location}
Warning: it takes in files from further remote places:
  - git@host:inner.git
Do you trust them and want to continue?
Variables of the configuration:
VARIABLE   VALUE   SOURCE         REQUIRED   DEFAULT
NAME       joe     environment    yes        
TAG        1       compose file   no         1

Do you want to proceed with these variables?`);
  });

  test.each(['', 'n\n', 'y\n', 'y\nno\n'])('the answers %j are a refusal', async (answers) => {
    expect((await confirm(including, answers)).fault).toBe('operation cancelled by user');
  });

  test('--yes only says where it is', async () => {
    expect(await confirm(including, '', { yes: true })).toEqual({ shown: location, fault: undefined });
    expect(await confirm(including, '', { yes: true, format: 'json' })).toEqual({ shown: '', fault: undefined });
  });

  test('a project of our own may include what it likes', async () => {
    expect(await confirm(own, '', { file: '/here/compose.yaml' })).toEqual({ shown: '', fault: undefined });
  });
});
