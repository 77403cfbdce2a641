import { isIPv6 } from 'node:net';
import { TopsailError } from '../diagnostics/topsail-error.ts';
import type { ComposePorts } from './ports.ts';
import { serviceContainer } from './service-container.ts';

/** Which port of which container. */
export interface PortOptions {
  readonly service: string;
  /** Inside the container. */
  readonly port: number;
  /** Default `tcp`. */
  readonly protocol?: string;
  /** Number of the replica; 0, the default, is the lowest one that runs. */
  readonly index?: number;
  readonly signal?: AbortSignal;
}

/**
 * Where a port of a service is published: `0.0.0.0:32768`, or `:0` if it is exposed only. Throws `service-not-running` and
 * `no-such-port`.
 */
export async function port(
  ports: Pick<ComposePorts, 'engine'>,
  project: string,
  options: PortOptions,
): Promise<string> {
  const { port: wanted } = options;
  const protocol = (options.protocol ?? 'tcp').toLowerCase();
  const { name, publishers } = await serviceContainer(ports, project, options);
  const found = publishers.find((each) => each.TargetPort === wanted && each.Protocol === protocol);
  if (found !== undefined) {
    const address = isIPv6(found.URL) ? `[${found.URL}]` : found.URL;
    return `${address}:${String(found.PublishedPort)}`;
  }
  const known = publishers.map((each) => `${String(each.PublishedPort)}/${each.Protocol}`).join(', ');
  throw new TopsailError('no-such-port', `no port ${String(wanted)}/${protocol} for container ${name}: ${known}`);
}
