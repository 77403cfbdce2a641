import { describe, expect, it } from 'vitest';
import { errorsOf, loadCompose, projectOf } from '../../fakes/load-compose.ts';

const service = '\nservices: {a: {image: x}}';

describe('the project name', () => {
  it.each([
    ['-p', { projectName: 'flag', environment: { COMPOSE_PROJECT_NAME: 'variable' } }, 'name: file', 'flag'],
    ['COMPOSE_PROJECT_NAME', { environment: { COMPOSE_PROJECT_NAME: 'variable' } }, 'name: file', 'variable'],
    ['name:', {}, 'name: file', 'file'],
    ['name: with variables, made fit', { environment: { X: 'My' } }, 'name: "_${X} App"', 'myapp'],
    ['the folder when name: is empty', {}, 'name: ""', 'proj'],
    ['the folder', {}, 'x-a: 1', 'proj'],
    ['the folder of --project-directory', { projectDirectory: '/else/Where.1' }, 'x-a: 1', 'where1'],
  ])('comes from %s', async (_, request, text, name) => {
    const files = { 'compose.yaml': text + service };
    expect((await projectOf(files, { request: { ...request, files: ['compose.yaml'] } })).name).toBe(name);
  });

  it('comes from the last file that has one', async () => {
    const files = { 'a.yaml': `name: one${service}`, 'b.yaml': 'name: two', 'c.yaml': 'x-a: 1' };
    expect((await projectOf(files, { request: { files: Object.keys(files) } })).name).toBe('two');
  });

  it.each([
    ['name: "---"', {}, '1:7 project name must not be empty'],
    ['name: [x]', {}, '1:7 name must be a string'],
    ['name: ${X:?give a name}', {}, '1:7 required variable X is missing a value: give a name (name)'],
    [
      'x-a: 1',
      { projectName: 'Not Good' },
      expect.stringContaining('invalid project name "Not Good": must consist only of'),
    ],
    ['x-a: 1', { projectDirectory: '/' }, 'project name must not be empty'],
  ])('is refused for %s', async (text, request, error) => {
    const files = { 'compose.yaml': text + service };
    expect(await errorsOf(files, { request: { ...request, files: ['compose.yaml'] } })).toEqual([error]);
  });

  it('is proposed when it only needs another spelling', async () => {
    const { diagnostics } = await loadCompose(service, { request: { projectName: 'My-App' } });
    expect(diagnostics[0]?.hint).toBe('did you mean "my-app"?');
  });
});
