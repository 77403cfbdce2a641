import { describe, expect, it } from 'vitest';
import { drawn, errorsOf, loadCompose, projectOf } from '../../fakes/load-compose.ts';

const text = `services:
  web-1: {image: x, depends_on: [db]}
  web-2: {image: x, depends_on: {db: {condition: service_started}, cache: {condition: service_started, required: false}}}
  db: {image: x, volumes: ["data:/d"], networks: [back]}
  cache: {image: x, profiles: [fast]}
  tool: {image: x, profiles: [tools], depends_on: [cache]}
volumes: {data: , other: }
networks: {back: }`;

async function selected(services: readonly string[], request = {}): Promise<readonly string[]> {
  return Object.keys((await projectOf(text, { request: { ...request, services } })).services);
}

describe('selectServices', () => {
  it('keeps named services with what they depend on', async () => {
    expect(await selected(['web-1'])).toEqual(['db', 'web-1']);
    expect(await selected(['web-*'])).toEqual(['db', 'web-1', 'web-2']);
    expect(await selected(['web-[2-3]', 'd?'])).toEqual(['db', 'web-2']);
    expect(await selected([])).toEqual(['db', 'web-1', 'web-2']);
  });

  it('keeps only the named ones without dependencies, and cuts their edges', async () => {
    const project = await projectOf(text, { request: { services: ['web-1'], withoutDependencies: true } });
    expect(Object.keys(project.services)).toEqual(['web-1']);
    expect(project.services['web-1']?.depends_on).toBeUndefined();
  });

  it('cuts edges to optional services that are disabled', async () => {
    const project = await projectOf(text, { request: { services: ['web-2'] } });
    expect(Object.keys(project.services['web-2']?.depends_on ?? {})).toEqual(['db']);
  });

  it('remembers what there was to select from', async () => {
    const { origin } = await projectOf(text, { request: { services: ['db'] } });
    expect(origin.enabledServices).toEqual(['db', 'web-1', 'web-2']);
    expect(Object.keys(origin.disabledServices)).toEqual(['cache', 'tool']);
  });

  it('drops resources that the selection does not use', async () => {
    const project = await projectOf(text, { request: { services: ['db'] } });
    expect([Object.keys(project.volumes), Object.keys(project.networks)]).toEqual([['data'], ['back']]);
    const whole = await projectOf(text, { request: { services: ['db'], allResources: true } });
    expect(Object.keys(whole.volumes)).toEqual(['data', 'other']);
  });

  it('proposes a service with a similar name', async () => {
    const { diagnostics } = await loadCompose(text, { request: { services: ['web1'] } });
    expect(diagnostics).toMatchObject([{ message: 'no such service: web1', hint: 'did you mean web-1?' }]);
  });

  it('finds no service for a glob that matches nothing', async () => {
    expect(await errorsOf(text, { request: { services: ['x*'] } })).toEqual(['no such service: x*']);
  });

  it('does not ask whether services fit that only share a profile with a named one', async () => {
    const shared = 'services: {a: {image: x, profiles: [p], depends_on: [d]}, b: {profiles: [p]}, d: {profiles: [p]}}';
    expect(await errorsOf(shared, { request: { services: ['a'] } })).toEqual([
      '1:79 service "d" has neither an image nor a build context specified',
    ]);
    expect(await errorsOf(shared, { request: { profiles: ['p'], services: ['a'] } })).toHaveLength(2);
  });

  it('says which profile a dependency needs', async () => {
    const { diagnostics } = await loadCompose(text, { request: { services: ['tool'] } });
    expect(drawn(diagnostics)).toEqual(['6:52 no such service: cache']);
    expect(diagnostics[0]?.hint).toContain('--profile fast');
  });
});
