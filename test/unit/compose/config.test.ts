import { describe, expect, it } from 'vitest';
import { type ConfigRequest, type ConfigSelector, config } from '../../../src/compose/config.ts';
import { isTopsailError } from '../../../src/diagnostics/topsail-error.ts';
import { projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';

const text = `services:
  web: {image: "nginx:\${TAG:-1}", depends_on: [db], networks: [front], models: [m]}
  db: {build: ., volumes: ["data:/d"]}
  cloud: {provider: {type: t}}
  off: {image: "off:\${NEED:?}", profiles: [p]}
networks: {front: , unused: }
volumes: {data: }
models: {m: {model: ai/x}}
`;

function run(request: Partial<ConfigRequest> = {}, file: string = text): ReturnType<typeof config> {
  const load = { workingDirectory: '/code/proj', environment: { NEED: 'n' }, profiles: ['p'], ...request.load };
  const reader = memorySourceReader(projectFiles(file));
  return config({ ...request, load }, reader, (name) => `hash-of-${name}`);
}

async function selected(selector: ConfigSelector, request: Partial<ConfigRequest> = {}): Promise<string> {
  return (await run({ ...request, selector })).text;
}

describe('config', () => {
  it('prints YAML unless told otherwise', async () => {
    expect((await run()).text).toMatch(/^name: proj\nservices:\n/);
    expect(JSON.parse((await run({ format: 'json' })).text)).toMatchObject({ name: 'proj' });
  });

  it('prints nothing when it only checks', async () => {
    expect((await run({ quiet: true })).text).toBe('');
  });

  it.each([
    ['services', 'cloud\ndb\noff\nweb\n'],
    ['volumes', 'data\n'],
    ['networks', 'default\nfront\n'],
    ['models', 'ai/x\n'],
    ['profiles', 'p\n'],
    ['images', 'proj-db\noff:n\nnginx:1\n'],
    ['hash', 'cloud hash-of-cloud\ndb hash-of-db\noff hash-of-off\nweb hash-of-web\n'],
    ['environment', 'COMPOSE_PROJECT_NAME=proj\nNEED=n\nPWD=/code/proj\n'],
  ] as const)('lists %s', async (selector, printed) => {
    expect(await selected(selector)).toBe(printed);
  });

  it('lists the services after those they depend on', async () => {
    const file = 'services: {a: {image: x, depends_on: [z]}, z: {image: x}}';
    expect((await run({ selector: 'services' }, file)).text).toBe('z\na\n');
  });

  it('hashes the services that are asked for', async () => {
    expect(await selected('hash', { hashServices: 'web,db' })).toBe('db hash-of-db\nweb hash-of-web\n');
    await expect(selected('hash', { hashServices: 'web,nope' })).rejects.toThrow('no such service: nope');
    const disabled = {
      hashServices: 'off',
      load: { workingDirectory: '/code/proj', environment: { NEED: 'n' }, profiles: [] },
    };
    await expect(selected('hash', disabled)).rejects.toThrow('no such service: off: disabled');
  });

  it('lists variables without needing their values', async () => {
    const load = { workingDirectory: '/code/proj', environment: {} };
    expect(await selected('variables', { load })).toBe(
      [
        'NAME                REQUIRED            DEFAULT VALUE       ALTERNATE VALUE',
        'NEED                true                                    ',
        'TAG                 false               1                   ',
        '',
      ].join('\n'),
    );
    expect(JSON.parse(await selected('variables', { load, format: 'json' }))).toEqual({
      NEED: { Name: 'NEED', DefaultValue: '', PresenceValue: '', Required: true },
      TAG: { Name: 'TAG', DefaultValue: '1', PresenceValue: '', Required: false },
    });
    expect(await selected('variables', { load, format: 'yaml' })).toContain(
      'TAG:\n    name: TAG\n    defaultvalue: "1"\n',
    );
  });

  it('prints the model before interpolation', async () => {
    const load = { workingDirectory: '/code/proj', environment: {}, interpolate: false };
    expect((await run({ load })).text).toContain('image: nginx:${TAG:-1}');
  });

  it('shows the variables of env files whatever the load is told', async () => {
    const load = { workingDirectory: '/code/proj', environment: {}, resolveEnvironment: false };
    const files = { 'compose.yaml': 'services: {a: {image: x, env_file: e}}', e: 'A=1' };
    const { text: printed } = await config({ load, format: 'json' }, memorySourceReader(projectFiles(files)), () => '');
    expect(JSON.parse(printed)).toMatchObject({ services: { a: { environment: { A: '1' } } } });
  });

  it('lists without looking at env files', async () => {
    const file = 'services: {a: {image: x, env_file: nope.env}}';
    expect((await run({ selector: 'services' }, file)).text).toBe('a\n');
    expect((await run({ selector: 'images' }, file)).text).toBe('x\n');
    await expect(run({ selector: 'hash' }, file)).rejects.toThrow('nope.env');
    await expect(run({}, file)).rejects.toThrow('nope.env');
  });

  it('shows the name as it is written when nothing is normalised', async () => {
    const file = 'name: My.${N:-Shop}\nservices: {a: {image: x}}';
    const nameOf = async (load: Partial<ConfigRequest['load']>, content = file): Promise<unknown> => {
      const whole = { workingDirectory: '/code/proj', environment: {}, ...load };
      return (JSON.parse((await run({ format: 'json', load: whole }, content)).text) as { name?: string }).name;
    };
    expect(await nameOf({})).toBe('myshop');
    expect(await nameOf({ normalize: false })).toBe('My.Shop');
    expect(await nameOf({ normalize: false, projectName: 'given' })).toBe('given');
    expect(await nameOf({ interpolate: false })).toBe('myn-shop');
    expect(await nameOf({ interpolate: false, normalize: false })).toBe('My.${N:-Shop}');
    expect(await nameOf({ interpolate: false, normalize: false }, 'services: {a: {image: x}}')).toBeUndefined();
  });

  it('throws everything that is wrong, drawn', async () => {
    const error: unknown = await run({}, 'services: {a: {imgae: x}, b: {image: 5}}').catch((thrown: unknown) => thrown);
    expect(isTopsailError(error) && error.diagnostics.map(({ code }) => code)).toEqual([
      'schema-unknown-key',
      'schema-wrong-type',
    ]);
    expect(String(error)).toContain('did you mean image?');
  });
});
