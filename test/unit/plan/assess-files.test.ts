import { describe, expect, test } from 'vitest';
import { laboratory, type ProjectSketch } from './plan-laboratory.ts';

function project(content: string, more: Partial<ProjectSketch['services'][string]> = {}): ProjectSketch {
  return {
    services: { web: { configs: [{ source: 'page', target: '/etc/page' }], secrets: [{ source: 'token' }], ...more } },
    configs: { page: { content } },
    secrets: { token: { environment: 'TOKEN' } },
    origin: { environment: { TOKEN: 'secret' } },
  };
}

describe('configs and secrets that are copied into containers', () => {
  test('recreate them when their content changes, which is not printed', async () => {
    const lab = laboratory();
    await lab.up(project('one'));
    expect(await lab.text(project('one'))).toBe('nothing to do');
    const text = await lab.text(project('two'));
    expect(text).toContain('recreate container:web:1 (the content of its configs or secrets changed)');
    expect(text).toContain('    content of /etc/page: *** -> ***');
    expect(text).not.toContain('/run/secrets/token');
    await lab.up(project('two'));
    expect(await lab.text(project('two'))).toBe('nothing to do');
    const other = { ...project('two'), origin: { environment: { TOKEN: 'other' } } };
    expect(await lab.text(other)).toContain('content of /run/secrets/token: *** -> ***');
  });

  test('of containers that another tool made are taken as they are, until something else changes', async () => {
    const lab = laboratory();
    await lab.up(project('one'));
    const [container] = await lab.engine.containers.list({ all: true });
    const inspect = await lab.engine.containers.inspect(container?.Id ?? '');
    await lab.engine.containers.remove(inspect.Id, { force: true });
    const { 'dev.topsail.files': _, ...labels } = inspect.Config.Labels ?? {};
    const body = { ...inspect.Config, Labels: labels, HostConfig: inspect.HostConfig };
    await lab.engine.containers.start((await lab.engine.containers.create({ name: 'shop-web-1', body })).id);
    expect(await lab.text(project('two'))).toBe('nothing to do');
    const asked = await lab.text(project('two', { stop_grace_period: '10s' }));
    expect(asked).toContain('recreate container:web:1 (configuration changed)');
  });
});
