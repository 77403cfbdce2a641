import type { Clock } from '../engine/clock.ts';
import type { EndpointRequest } from '../engine/container.ts';
import type { Engine } from '../engine/engine.ts';
import { isConnectedAlready } from './engine-refusals.ts';
import { untilUnambiguous } from './until-unambiguous.ts';

/** A container and what it is to have on a network. */
export interface Connection {
  /** Name or id. */
  readonly network: string;
  readonly container: string;
  readonly request: EndpointRequest;
}

/** `POST /networks/{id}/connect`. False if the container is on the network already. Rejects as `networks.connect`. */
export async function connectOnce(
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
  { network, container, request }: Connection,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await untilUnambiguous(clock, signal, () => engine.networks.connect(network, container, request, { signal }));
    return true;
  } catch (error) {
    if (!isConnectedAlready(error)) throw error;
    return false;
  }
}
