import { BuildError } from '../engine/build-error.ts';
import type { Engine } from '../engine/engine.ts';
import type { GrpcClient } from './grpc-client.ts';
import { decodeMessage } from './protobuf-reader.ts';

const gatewayLabel = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip';
const gatewayEntry = /^([^:=]+)[:=]host-gateway$/;

/**
 * Entries of `extra_hosts` with the engine's machine in place of `host-gateway`: the address that the builder tells, or for an old one
 * that of the engine's own bridge. Throws a {@link BuildError} `refused` if neither is known.
 */
export async function withHostGateway(
  extraHosts: readonly string[],
  client: GrpcClient,
  engine: Pick<Engine, 'networks'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!extraHosts.some((entry) => gatewayEntry.test(entry))) return extraHosts;
  const told = await toldAddresses(client, signal);
  const addresses = told.length > 0 ? told : await bridgeAddresses(engine, signal);
  if (addresses.length === 0) throw new BuildError('refused', 'the engine does not tell what host-gateway is');
  return extraHosts.flatMap((entry) => {
    const [, name] = gatewayEntry.exec(entry) ?? [];
    return name === undefined ? [entry] : addresses.map((address) => `${name}=${address}`);
  });
}

async function toldAddresses(client: GrpcClient, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await client.unary('/moby.buildkit.v1.Control/ListWorkers', new Uint8Array(), signal);
  const labels = decodeMessage(answer)
    .messages(1)
    .map((worker) => worker.textMap(2)[gatewayLabel] ?? '');
  return labels.flatMap((label) => label.split(',')).filter((address) => address !== '');
}

async function bridgeAddresses(engine: Pick<Engine, 'networks'>, signal: AbortSignal): Promise<readonly string[]> {
  const { IPAM: addresses } = await engine.networks.inspect('bridge', { signal });
  return (addresses?.Config ?? []).flatMap(({ Gateway: gateway }) => gateway ?? []);
}
