import { expect, test } from 'vitest';
import type { GrpcClient } from '../../../src/buildkit/grpc-client.ts';
import { withHostGateway } from '../../../src/buildkit/host-gateway.ts';
import { bytesField, encodeMessage, textMapField } from '../../../src/buildkit/protobuf-writer.ts';
import { createMemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';

const { signal } = new AbortController();
const label = 'org.mobyproject.buildkit.worker.moby.host-gateway-ip';

/** A builder whose worker has these labels. */
function clientWith(labels: Readonly<Record<string, string>>): GrpcClient {
  return {
    unary: () => Promise.resolve(bytesField(1, encodeMessage(textMapField(2, labels)))),
    serverStream: () => {
      throw new Error('nothing is streamed');
    },
    close: () => undefined,
  };
}

test('host-gateway is every address that the builder tells', async () => {
  const entries = ['one:10.0.0.1', 'host:host-gateway', 'other=host-gateway'];
  const client = clientWith({ [label]: '172.17.0.1,fd00::1' });
  expect(await withHostGateway(entries, client, createMemoryEngine(), signal)).toEqual([
    'one:10.0.0.1',
    'host=172.17.0.1',
    'host=fd00::1',
    'other=172.17.0.1',
    'other=fd00::1',
  ]);
});

test('a builder that tells none has the address of its bridge, and nobody is asked without need', async () => {
  const { networks } = createMemoryEngine();
  const bridge = {
    networks: {
      ...networks,
      inspect: async () => ({
        ...(await networks.inspect('bridge')),
        IPAM: { Driver: 'default', Config: [{ Gateway: '10.1.0.1' }] },
      }),
    },
  };
  expect(await withHostGateway(['host:host-gateway'], clientWith({}), bridge, signal)).toEqual(['host=10.1.0.1']);
  const silent = { ...clientWith({}), unary: () => Promise.reject(new Error('asked')) };
  expect(await withHostGateway(['one:10.0.0.1'], silent, bridge, signal)).toEqual(['one:10.0.0.1']);
});
