import { describe, expect, it } from 'vitest';
import { errorsOf, projectOf } from '../../fakes/load-compose.ts';

const labels = 'services: {a: {image: x, labels: {a: "${A-}", b: "${B-}", c: "${C-}"}}}';

async function seen(files: Readonly<Record<string, string>>, request = {}): Promise<unknown> {
  const { services } = await projectOf({ 'compose.yaml': labels, ...files }, { request });
  return Object.values(services['a']?.labels ?? {});
}

describe('what interpolation sees', () => {
  it('puts the process over .env', async () => {
    expect(await seen({ '.env': 'A=file\nB=file' }, { environment: { A: 'process' } })).toEqual([
      'process',
      'file',
      '',
    ]);
  });

  it('adds the .env of the project folder to that of the folder of the user', async () => {
    const files = { 'up/compose.yaml': labels, 'up/.env': 'A=project\nB=project', 'up/deep/.env': 'A=user\nC=user' };
    const { services } = await projectOf(files, { request: { workingDirectory: '/code/proj/up/deep' } });
    expect(Object.values(services['a']?.labels ?? {})).toEqual(['user', 'project', 'user']);
  });

  it('lets later --env-file files win and see earlier ones', async () => {
    const files = { one: 'A=1\nB=1', two: 'B=2\nC=$A$B', '.env': 'A=no' };
    expect(await seen(files, { environmentFiles: ['one', 'two'] })).toEqual(['1', '2', '12']);
  });

  it('reads the files of COMPOSE_ENV_FILES', async () => {
    expect(await seen({ one: 'A=1', two: 'A=2' }, { environment: { COMPOSE_ENV_FILES: 'one,two' } })).toEqual([
      '2',
      '',
      '',
    ]);
  });

  it('leaves .env alone when told so, or when it is a folder', async () => {
    expect(await seen({ '.env': 'A=1' }, { environment: { COMPOSE_DISABLE_ENV_FILE: 'true' } })).toEqual(['', '', '']);
    expect(await seen({ '.env/x': 'A=1' })).toEqual(['', '', '']);
  });

  it('knows PWD and the name of the project', async () => {
    const { services, origin } = await projectOf('services: {a: {image: "$PWD:$COMPOSE_PROJECT_NAME"}}');
    expect(services['a']?.image).toBe('/code/proj:proj');
    expect(origin.environment).toMatchObject({ PWD: '/code/proj', COMPOSE_PROJECT_NAME: 'proj' });
  });

  it.each([
    [{ environmentFiles: ['nope'] }, "couldn't find env file: /code/proj/nope"],
    [{ environmentFiles: ['folder'] }, '/code/proj/folder is a directory'],
    [{ environmentFiles: ['bad'] }, 'bad:2:1 failed to read env file: key cannot contain a space'],
    [
      { environment: { COMPOSE_DISABLE_ENV_FILE: 'si' } },
      'COMPOSE_DISABLE_ENV_FILE: strconv.ParseBool: parsing "si": invalid syntax',
    ],
  ])('refuses %j', async (request, error) => {
    const files = { 'compose.yaml': labels, 'folder/x': '', bad: 'A=1\nB C=2' };
    expect(await errorsOf(files, { request })).toContainEqual(error);
  });
});
