import type { OpenProber, Prober } from '../engine/prober.ts';
import type { Named } from '../project/project.ts';

/** Makes the prober for what an engine publishes, once, when it is needed. `endpoint`: as `DOCKER_HOST` writes it. */
export function openProber(endpoint: string, environment: Named<string>): OpenProber {
  let opened: Promise<Prober> | undefined;
  return () => {
    opened ??= open(endpoint, environment);
    return opened;
  };
}

async function open(endpoint: string, environment: Named<string>): Promise<Prober> {
  const [{ publishedHosts }, { createProber }] = await Promise.all([
    import('./published-hosts.ts'),
    import('../probe/create-prober.ts'),
  ]);
  return createProber(await publishedHosts(endpoint, environment));
}
