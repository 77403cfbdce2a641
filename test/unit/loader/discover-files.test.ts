import { describe, expect, it } from 'vitest';
import { drawn, errorsOf, loadCompose, projectOf } from '../../fakes/load-compose.ts';

const one = 'services: {a: {image: one}}';

describe('which files are loaded', () => {
  it('takes the first of the four names, with a warning about the others', async () => {
    const { project, diagnostics } = await loadCompose({
      'docker-compose.yml': 'services: {a: {image: old}}',
      'compose.yml': one,
    });
    expect(project?.services['a']?.image).toBe('one');
    expect(drawn(diagnostics)).toEqual([
      'Found multiple config files with supported names: /code/proj/compose.yml, /code/proj/docker-compose.yml. Using /code/proj/compose.yml',
    ]);
  });

  it('adds an override file, whatever the base is called', async () => {
    const project = await projectOf({
      'docker-compose.yaml': one,
      'compose.override.yaml': 'services: {a: {hostname: h}}',
    });
    expect(project.services['a']).toMatchObject({ image: 'one', hostname: 'h' });
    expect(project.origin.configFiles).toEqual(['/code/proj/docker-compose.yaml', '/code/proj/compose.override.yaml']);
  });

  it('climbs to the folder of the file, which becomes the project folder', async () => {
    const project = await projectOf(
      { 'compose.yaml': 'services: {a: {build: .}}' },
      { request: { workingDirectory: '/code/proj/deep/down' } },
    );
    expect(project.name).toBe('proj');
    expect(project.services['a']?.build?.context).toBe('/code/proj');
  });

  it('takes -f files as they come, all relative to the folder of the first', async () => {
    const project = await projectOf(
      {
        'sub/one.yaml': 'services: {a: {image: x, volumes: ["./v:/v"]}}',
        'two.yaml': 'services: {a: {volumes: ["./w:/w"]}}',
      },
      { request: { files: ['sub/one.yaml', 'two.yaml'] } },
    );
    expect(project.name).toBe('sub');
    expect(project.services['a']?.volumes?.map(({ source }) => source)).toEqual([
      '/code/proj/sub/v',
      '/code/proj/sub/w',
    ]);
  });

  it('reads standard input, and takes the working folder for it', async () => {
    const project = await projectOf(
      { 'two.yaml': 'services: {a: {hostname: h}}' },
      {
        standardInput: 'services: {a: {build: .}}',
        request: { files: ['-', 'two.yaml'] },
      },
    );
    expect(project.services['a']).toMatchObject({ hostname: 'h', build: { context: '/code/proj' } });
    expect(project.origin.configFiles).toEqual(['-', '/code/proj/two.yaml']);
  });

  it('takes COMPOSE_FILE from the environment or from .env', async () => {
    const files = { 'a.yaml': one, 'b.yaml': 'services: {b: {image: two}}', '.env': 'COMPOSE_FILE=a.yaml' };
    expect(Object.keys((await projectOf(files)).services)).toEqual(['a']);
    const environment = { COMPOSE_FILE: 'a.yaml,b.yaml', COMPOSE_PATH_SEPARATOR: ',' };
    expect(Object.keys((await projectOf(files, { request: { environment } })).services)).toEqual(['a', 'b']);
  });

  it('says where it looked', async () => {
    const { diagnostics } = await loadCompose({ 'other.yaml': one });
    expect(diagnostics).toMatchObject([
      {
        code: 'no-compose-file',
        message: 'no configuration file provided: not found',
        hint: expect.stringContaining('/code/proj'),
      },
    ]);
  });

  it.each([
    [['nope.yaml'], 'open /code/proj/nope.yaml: no such file or directory'],
    [['https://github.com/a/b.git'], 'https://github.com/a/b.git is a remote compose file, which is not fetched here'],
    [['oci://registry/app'], 'oci://registry/app is a remote compose file, which is not fetched here'],
  ])('refuses -f %s', async (files, error) => {
    expect(await errorsOf(one, { request: { files } })).toEqual([error]);
  });

  it('refuses files without content', async () => {
    expect(await errorsOf('# only a comment')).toEqual(['empty compose file: /code/proj/compose.yaml']);
  });
});
