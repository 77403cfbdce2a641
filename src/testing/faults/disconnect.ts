import type { EndpointRequest, EndpointSettings } from '../../engine/container.ts';
import { isEngineError } from '../../engine/engine-error.ts';
import type { Replica } from '../replica.ts';
import type { FaultPorts, Undo } from './faults.ts';

/** Takes containers off a network they may be on, and gives how to put them back with the aliases and addresses they had. */
export async function disconnect(
  { engine }: FaultPorts,
  replicas: readonly Replica[],
  network: string,
  signal: AbortSignal,
): Promise<Undo> {
  const inspects = await Promise.all(replicas.map(({ id }) => engine.containers.inspect(id, { signal })));
  const attached = inspects.flatMap((inspect) => {
    const settings = inspect.NetworkSettings.Networks[network];
    return settings === undefined ? [] : [{ id: inspect.Id, request: endpointRequest(inspect.Id, settings) }];
  });
  await Promise.all(attached.map(({ id }) => engine.networks.disconnect(network, id, true, { signal })));
  return async (call) => {
    await Promise.all(
      attached.map(({ id, request }) =>
        engine.networks.connect(network, id, request, { signal: call }).catch((error: unknown) => {
          // The container is gone, or somebody has put it back already.
          if (!isEngineError(error, 'not-found', 'conflict')) throw error;
        }),
      ),
    );
  };
}

/** The endpoint as it was asked for: the engine adds the container's own id to the aliases by itself. */
export function endpointRequest(id: string, settings: EndpointSettings): EndpointRequest {
  const aliases = (settings.Aliases ?? []).filter((alias) => alias !== id.slice(0, 12));
  const { IPAMConfig: addresses, DriverOpts: options, Links: links } = settings;
  return {
    ...(aliases.length > 0 ? { Aliases: aliases } : {}),
    ...(addresses ? { IPAMConfig: addresses } : {}),
    ...(options ? { DriverOpts: options } : {}),
    ...(links ? { Links: links } : {}),
  };
}
