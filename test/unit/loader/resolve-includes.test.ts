import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf } from '../../fakes/load-compose.ts';

describe('resolveIncludes', () => {
  it('adds the resources of an included project, with its own folder and environment', async () => {
    const project = await projectOf(
      {
        'compose.yaml': 'include: [sub/c.yaml]\nservices: {a: {image: "a:${FROM_SUB-none}", depends_on: [b]}}',
        'sub/c.yaml':
          'name: other\nservices: {b: {image: "b:${FROM_SUB}${SHARED}", volumes: ["./v:/v", "vol:/n"]}}\nvolumes: {vol: }',
        'sub/.env': 'FROM_SUB=yes\nSHARED=sub',
      },
      { request: { environment: { SHARED: '+process' } } },
    );
    expect(project.name).toBe('proj');
    expect(project.services['a']?.image).toBe('a:none');
    expect(project.services['b']?.image).toBe('b:yes+process');
    expect(project.services['b']?.volumes?.[0]?.source).toBe('/code/proj/sub/v');
    expect(project.volumes['vol']?.name).toBe('proj_vol');
  });

  it('merges the files of one entry and obeys its settings', async () => {
    const project = await projectOf({
      'compose.yaml': 'include: [{path: [s/one.yaml, s/two.yaml], project_directory: pd, env_file: [e.env]}]',
      's/one.yaml': 'services: {b: {image: "x:${V}", build: .}}',
      's/two.yaml': 'services: {b: {environment: [V]}}',
      'e.env': 'V=1',
    });
    expect(project.services['b']).toMatchObject({
      image: 'x:1',
      build: { context: '/code/proj/pd' },
      environment: { V: '1' },
    });
  });

  it('takes two includes of one file for the same', async () => {
    const project = await projectOf({
      'compose.yaml': 'include: [b.yaml, c.yaml]',
      'b.yaml': 'include: [d.yaml]\nservices: {b: {image: b}}',
      'c.yaml': 'include: [d.yaml]\nservices: {c: {image: c}}',
      'd.yaml': 'services: {d: {image: d, ports: ["80"]}}',
    });
    expect(Object.keys(project.services)).toEqual(['b', 'c', 'd']);
  });

  it('lets a later file override what was included', async () => {
    const project = await projectOf(
      {
        'one.yaml': 'include: [c.yaml]',
        'two.yaml': 'services: {b: {image: new}}',
        'c.yaml': 'services: {b: {image: old, hostname: h}}',
      },
      { request: { files: ['one.yaml', 'two.yaml'] } },
    );
    expect(project.services['b']).toMatchObject({ image: 'new', hostname: 'h' });
  });

  it('may include nothing but empty sections', async () => {
    const { services } = await projectOf({ 'compose.yaml': 'include: [e.yaml]', 'e.yaml': 'services: {}' });
    expect(services).toEqual({});
  });

  it('still misses what an empty file does not define', async () => {
    const files = { 'compose.yaml': 'include: [e.yaml]\nservices: {a: {image: x, depends_on: [b]}}', 'e.yaml': '\n' };
    expect(await errorsOf(files)).toEqual(['2:39 service "a" depends on undefined service "b"']);
  });

  it('may include a file that is given with -f as well', async () => {
    const files = {
      'one.yaml': 'include: [two.yaml]\nservices: {a: {image: x}}',
      'two.yaml': 'services: {b: {image: x}}',
      'three.yaml': 'include: [one.yaml]',
    };
    const { services } = await projectOf(files, { request: { files: ['one.yaml', 'two.yaml', 'three.yaml'] } });
    expect(Object.keys(services)).toEqual(['a', 'b']);
  });

  it('tells paths from the folder of the project when they are not resolved', async () => {
    const { services } = await projectOf(
      {
        'compose.yaml': 'include: [one/c.yaml]',
        'one/c.yaml': 'include: [two/c.yaml]',
        'one/two/c.yaml': 'services: {a: {image: x, volumes: ["./v:/v", "../w:/w", "/x:/x"]}}',
      },
      { request: { resolvePaths: false } },
    );
    expect(services['a']?.volumes?.map(({ source }) => source)).toEqual(['one/two/v', 'one/w', '/x']);
  });

  it('finds the variables that included configs and secrets are made from', async () => {
    const project = await projectOf({
      'compose.yaml': 'include: [sub/c.yaml]',
      'sub/c.yaml': 'services: {b: {image: x, secrets: [s]}}\nsecrets: {s: {environment: TOKEN}}',
      'sub/.env': 'TOKEN=hidden',
    });
    expect(project.origin.environment['TOKEN']).toBe('hidden');
  });

  it('shows both definitions of a conflict', async () => {
    const { diagnostics } = await loadCompose({
      'compose.yaml': 'include: [c.yaml]\nservices:\n  b: {image: y}',
      'c.yaml': 'services:\n  b: {image: x}',
    });
    expect(diagnostics).toMatchObject([
      {
        code: 'include-conflict',
        message: 'services.b conflicts with imported resource',
        range: { file: '/code/proj/compose.yaml', start: { line: 3 } },
        related: [{ range: { file: '/code/proj/c.yaml', start: { line: 2 } } }],
      },
    ]);
  });

  it.each([
    ['include: c.yaml', '1:10 `include` must be a list, got string'],
    ['include: {path: c.yaml}', '1:10 `include` must be a list, got a mapping'],
    ['include: [5]', '1:11 include.0 must be a string or a mapping'],
    ['include: [{path: [5]}]', '1:19 include.0.path must be a string or a list of strings'],
    ['include: [nope.yaml]', '1:11 open /code/proj/nope.yaml: no such file or directory'],
    ['include: [{path: c.yaml, env_file: nope.env}]', '1:36 stat /code/proj/nope.env: no such file or directory'],
    ['include: ["git@h:r"]', '1:11 git@h:r is a remote compose file, which is not fetched here'],
    ['include: [compose.yaml]', '1:11 include cycle detected: /code/proj/compose.yaml include /code/proj/compose.yaml'],
    ['include: [bad.yaml]', "bad.yaml:1:16 services.b additional properties 'imgae' not allowed"],
  ])('refuses %s', async (text, error) => {
    const files = {
      'compose.yaml': `${text}\nservices: {a: {image: x}}`,
      'c.yaml': 'services: {b: {image: x}}',
      'bad.yaml': 'services: {b: {imgae: x}}',
    };
    expect(await errorsOf(files)).toContainEqual(error);
  });

  it('ignores entries without a path and files without content', async () => {
    const project = await projectOf({
      'compose.yaml': 'include: [{env_file: x}, empty.yaml]\nservices: {a: {image: x}}',
      'empty.yaml': '# nothing',
    });
    expect(Object.keys(project.services)).toEqual(['a']);
  });
});
