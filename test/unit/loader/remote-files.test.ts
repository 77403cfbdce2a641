import { describe, expect, test } from 'vitest';
import { remoteFetchFailed } from '../../../src/diagnostics/remote-diagnostics.ts';
import { loadProject } from '../../../src/loader/load-project.ts';
import type { LoadRequest, LoadResult } from '../../../src/loader/load-request.ts';
import { remoteFault } from '../../../src/source/remote-fault.ts';
import { drawn, projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

const git = 'https://host/team/app.git#main';

interface Loaded extends LoadResult {
  /** References in the order they were fetched. */
  readonly fetched: readonly string[];
}

/** Loads with remote files that are, once fetched, at the given paths. */
async function load(
  files: Readonly<Record<string, string>>,
  request: Partial<LoadRequest> = {},
  remote: Readonly<Record<string, string>> = { [git]: '/cache/12/compose.yaml' },
): Promise<Loaded> {
  const fetched: string[] = [];
  const fetch = (reference: string): Promise<string> => {
    fetched.push(reference);
    const path = remote[reference];
    return path === undefined
      ? Promise.reject(remoteFault(remoteFetchFailed(reference, 'it is away')))
      : Promise.resolve(path);
  };
  const reader = { ...memorySourceReader(projectFiles(files)), remote: { fetch } };
  const result = await loadProject({ workingDirectory: '/code/proj', environment: {}, ...request }, reader);
  return { ...result, fetched };
}

const remoteApp = {
  '/cache/12/compose.yaml': 'services: {a: {image: "x:${TAG:-none}", env_file: ./a.env, volumes: ["./data:/data"]}}',
  '/cache/12/a.env': 'A=1',
  '/cache/12/.env': 'TAG=remote',
};

const data = (folder: string): object => ({ type: 'bind', source: `${folder}/data`, target: '/data' });

describe('a remote -f', () => {
  test('has its relative paths beside it; name and .env are those of where the user stands', async () => {
    const { project, fetched } = await load({ ...remoteApp, '.env': 'TAG=mine' }, { files: [git] });
    expect(project?.name).toBe('proj');
    expect(project?.services['a']).toMatchObject({
      image: 'x:mine',
      environment: { A: '1' },
      volumes: [data('/cache/12')],
    });
    expect(project?.origin).toMatchObject({ workingDirectory: '/cache/12', configFiles: ['/cache/12/compose.yaml'] });
    expect(fetched).toEqual([git]);
  });

  test('does not bring the .env beside it', async () => {
    const { project } = await load(remoteApp, { files: [git] });
    expect(project?.services['a']?.image).toBe('x:none');
  });

  test('decides where paths of local files start from, wherever it stands', async () => {
    const local = { 'sub/over.yaml': 'services: {a: {volumes: ["./more:/more"]}}', 'sub/.env': 'TAG=sub' };
    for (const files of [
      [git, 'sub/over.yaml'],
      ['sub/over.yaml', git],
    ]) {
      const { project } = await load({ ...remoteApp, ...local }, { files });
      expect(project?.services['a']?.volumes?.map(({ source }) => source).sort()).toEqual([
        '/cache/12/data',
        '/cache/12/more',
      ]);
      const first = files[0] === git;
      expect(project?.name).toBe(first ? 'proj' : 'sub');
      expect(project?.services['a']?.image).toBe(first ? 'x:none' : 'x:sub');
    }
  });

  test('leaves --project-directory the name and the .env alone', async () => {
    const files = { ...remoteApp, 'other/.env': 'TAG=other' };
    const { project } = await load(files, { files: [git], projectDirectory: 'other' });
    expect(project?.name).toBe('other');
    expect(project?.services['a']).toMatchObject({ image: 'x:other', volumes: [data('/cache/12')] });
  });

  test('may come from COMPOSE_FILE', async () => {
    const environment = { COMPOSE_FILE: `over.yaml,${git}`, COMPOSE_PATH_SEPARATOR: ',' };
    const { project } = await load({ ...remoteApp, 'over.yaml': 'services: {b: {image: b}}' }, { environment });
    expect(Object.keys(project?.services ?? {})).toEqual(['a', 'b']);
  });

  test('that cannot be had is an error, next to every other one', async () => {
    const { project, diagnostics } = await load({}, { files: ['oci://h/a', 'git@h:b.git'] });
    expect(project).toBeUndefined();
    expect(drawn(diagnostics)).toEqual(['cannot fetch oci://h/a: it is away', 'cannot fetch git@h:b.git: it is away']);
  });
});

describe('a remote include', () => {
  test('is a project of its own, with its own .env and folder', async () => {
    const { project } = await load({ ...remoteApp, 'compose.yaml': `include: ["${git}"]` });
    expect(project?.services['a']).toMatchObject({ image: 'x:remote', volumes: [data('/cache/12')] });
    expect(project?.name).toBe('proj');
  });

  test('may have local files merged onto it, and a folder of ours', async () => {
    const compose = `include: [{path: ["${git}", ./over.yaml], project_directory: ./here}]`;
    const files = {
      ...remoteApp,
      'compose.yaml': compose,
      'over.yaml': 'services: {a: {command: hi}}',
      'here/a.env': '',
    };
    const { project } = await load(files);
    expect(project?.services['a']).toMatchObject({ command: ['hi'], volumes: [data('/code/proj/here')] });
  });

  test('is fetched once, however often it is named', async () => {
    const files = {
      'compose.yaml': `include: ["${git}", sub/compose.yaml]`,
      'sub/compose.yaml': `include: ["${git}"]`,
    };
    const { project, fetched } = await load({ ...remoteApp, ...files });
    expect(Object.keys(project?.services ?? {})).toEqual(['a']);
    expect(fetched).toEqual([git]);
  });

  test('that includes itself is a cycle', async () => {
    const { diagnostics } = await load({ '/cache/12/compose.yaml': `include: ["${git}"]` }, { files: [git] });
    expect(drawn(diagnostics)).toEqual([
      '/cache/12/compose.yaml:1:11 include cycle detected: /cache/12/compose.yaml include /cache/12/compose.yaml',
    ]);
  });

  test('that cannot be had is an error where it is named', async () => {
    const { diagnostics } = await load({ 'compose.yaml': 'include:\n  - ssh://host/x\n' });
    expect(drawn(diagnostics)).toEqual(['2:5 cannot fetch ssh://host/x: it is away']);
  });
});

describe('a remote extends', () => {
  const extending = `services: {b: {image: b, extends: {file: "${git}", service: a}}}`;

  test('has its relative paths beside the file it is in', async () => {
    const { project } = await load({ ...remoteApp, 'compose.yaml': extending });
    expect(project?.services['b']).toMatchObject({ image: 'b', environment: { A: '1' }, volumes: [data('/cache/12')] });
  });

  test('may be reached through a local file', async () => {
    const files = {
      'compose.yaml': 'services: {c: {extends: {file: sub/b.yaml, service: b}}}',
      'sub/b.yaml': extending,
    };
    const { project } = await load({ ...remoteApp, ...files });
    expect(project?.services['c']).toMatchObject({ image: 'b', volumes: [data('/cache/12')] });
  });

  test('may extend a file beside it', async () => {
    const files = {
      '/cache/12/compose.yaml': 'services: {a: {extends: {file: sub/base.yaml, service: base}}}',
      '/cache/12/sub/base.yaml': 'services: {base: {volumes: ["./data:/data"]}}',
      'compose.yaml': extending,
    };
    const { project } = await load(files);
    expect(project?.services['b']?.volumes).toMatchObject([data('/cache/12/sub')]);
  });

  test('that cannot be had is an error where it is named', async () => {
    const { diagnostics } = await load({ 'compose.yaml': extending }, {}, {});
    expect(drawn(diagnostics)).toEqual([`1:42 cannot fetch ${git}: it is away`]);
  });
});

test('without a remote source the reader takes local files only, and shows no password', async () => {
  const reader = memorySourceReader({});
  const request = { workingDirectory: '/code/proj', environment: {}, files: ['https://me:secret@h/x.git'] };
  expect(drawn((await loadProject(request, reader)).diagnostics)).toEqual([
    'https://me:***@h/x.git is a remote compose file, which is not fetched here',
  ]);
});
