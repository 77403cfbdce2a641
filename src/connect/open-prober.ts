import type { EngineDescription } from '../engine/engine.ts';
import type { OpenProber, Prober } from '../engine/prober.ts';
import type { Named } from '../project/project.ts';

/** Docker's proxies drop a connection that nobody takes within so many milliseconds. */
const dockerHold = 100;

/** The proxy of rootless Podman starts a process for each connection, and needs two hundred milliseconds on a slow machine. */
const podmanHold = 500;

/** Makes the prober for what an engine publishes, once, when it is needed. */
export function openProber(
  engine: Pick<EngineDescription, 'endpoint' | 'product'>,
  environment: Named<string>,
): OpenProber {
  let opened: Promise<Prober> | undefined;
  return () => {
    opened ??= open(engine, environment);
    return opened;
  };
}

async function open(
  { endpoint, product }: Pick<EngineDescription, 'endpoint' | 'product'>,
  environment: Named<string>,
): Promise<Prober> {
  const [{ publishedHosts }, { createProber }] = await Promise.all([
    import('./published-hosts.ts'),
    import('../probe/create-prober.ts'),
  ]);
  return createProber(await publishedHosts(endpoint, environment), product === 'podman' ? podmanHold : dockerHold);
}
