import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf, serviceOf } from '../../fakes/load-compose.ts';

describe('env_file', () => {
  it('lies under environment; later files win', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x, env_file: [one, two], environment: {OWN: service}}}',
      one: 'A=1\nB=1\nOWN=file',
      two: 'B=2\nC=$A$OWN',
    };
    expect(await serviceOf(files)).toEqual({
      image: 'x',
      environment: { A: '1', B: '2', C: '1service', OWN: 'service' },
    });
  });

  it('sees the project environment first', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x, env_file: one, environment: [V=own]}}',
      one: 'A=$V$W\nBARE\n',
    };
    const request = { environment: { V: 'project', W: '!', BARE: 'found' } };
    expect((await serviceOf(files, { request })).environment).toEqual({ A: 'project!', BARE: 'found', V: 'own' });
  });

  it('does not override a name that environment leaves without value', async () => {
    const files = { 'compose.yaml': 'services: {a: {image: x, env_file: one, environment: [A]}}', one: 'A=file' };
    expect((await serviceOf(files)).environment).toEqual({ A: null });
  });

  it('may be raw, or missing when it is not required', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x, env_file: [{path: one, format: raw}, {path: no, required: false}]}}',
      one: 'A="$X"',
    };
    expect((await serviceOf(files)).environment).toEqual({ A: '"$X"' });
  });

  it('inherits a bare name, with or without the end of its line', async () => {
    const files = { 'compose.yaml': 'services: {a: {image: x, env_file: [one, two]}}', one: 'A\n', two: 'B' };
    const { environment } = await serviceOf(files, { request: { environment: { A: '1', B: '2' } } });
    expect(environment).toEqual({ A: '1', B: '2' });
  });

  it('takes the word false for not required', async () => {
    const words = ['"false"', '"${FALSE:-no}"'].map((word) => `{path: nope.env, required: ${word}}`);
    expect(await serviceOf(`services: {a: {image: x, env_file: [${words.join(', ')}]}}`)).toEqual({ image: 'x' });
  });

  it.each(['"abc"', '""', '"1"'])('does not take %s for a word on whether it is required', async (word) => {
    const files = { 'compose.yaml': `services: {a: {image: x, env_file: [{path: one, required: ${word}}]}}`, one: '' };
    expect(await errorsOf(files)).toEqual([`1:59 services.a.env_file.required: invalid boolean: ${word.slice(1, -1)}`]);
  });

  it('tells where a variable comes from', async () => {
    const { locate } = await loadCompose({
      'compose.yaml': 'services: {a: {image: x, env_file: one, environment: [B=2]}}',
      one: '# note\nA=1',
    });
    expect(locate('services.a.environment.A')).toMatchObject({ file: '/code/proj/one', start: { line: 2 } });
    expect(locate('services.a.environment.B')).toMatchObject({ file: '/code/proj/compose.yaml' });
  });

  it.each([
    ['env_file: no', '1:36 env file /code/proj/no not found: stat /code/proj/no: no such file or directory'],
    ['env_file: [{path: one, format: json5}]', '1:57 unsupported env_file format "json5"'],
    ['env_file: bad', 'bad:2:1 failed to read env file: key cannot contain a space'],
    ['env_file: [{path: bad, format: raw}]', "bad:2:1 failed to parse env_file: variable 'A B' contains whitespaces"],
  ])('refuses %s', async (attribute, error) => {
    const files = { 'compose.yaml': `services: {a: {image: x, ${attribute}}}`, one: '', bad: 'A=1\nA B=2' };
    expect(await errorsOf(files)).toEqual([error]);
  });

  it('is not read for services that are disabled or not selected, nor when told so', async () => {
    const text = 'services: {a: {image: x}, b: {image: x, profiles: [p], env_file: no}, c: {image: x, env_file: no}}';
    expect(Object.keys((await projectOf(text, { request: { services: ['a'] } })).services)).toEqual(['a']);
    expect(await errorsOf(text, { request: { resolveEnvironment: false } })).toEqual([]);
  });
});

describe('label_file', () => {
  it('lies under labels and sees only labels', async () => {
    const files = {
      'compose.yaml': 'services: {a: {image: x, label_file: [one, two], labels: [own=service]}}',
      one: 'own=file\na=1\nhome=${HOME-none}',
      two: 'b=${a}2',
    };
    const request = { environment: { HOME: '/root' } };
    expect((await serviceOf(files, { request })).labels).toEqual({ a: '1', b: '12', home: 'none', own: 'service' });
  });

  it('must exist', async () => {
    expect(await errorsOf('services: {a: {image: x, label_file: no}}')).toEqual([
      '1:38 label file /code/proj/no not found: stat /code/proj/no: no such file or directory',
    ]);
  });
});
