import { setTimeout as wait } from 'node:timers/promises';
import type { GrpcClient } from './grpc-client.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { type DecodedMessage, decodeMessage } from './protobuf-reader.ts';
import { bytesField, encodeMessage, numberField, textField, textMapField } from './protobuf-writer.ts';
import { encodeSolveRequest, type SolveRequest } from './solve-request.ts';

const bridge = '/moby.buildkit.v1.frontend.LLBBridge';
/** The builder may need a moment before it knows a build by its name, in milliseconds. */
const pause = 50;
const attempts = 60;

/**
 * Asks a frontend for something else than an image, as clients do that steer a build themselves: the answer is what the frontend says
 * in the metadata of its result (`result.txt`, `result.json`), which an ordinary solve keeps to itself.
 */
export async function askFrontend(
  client: GrpcClient,
  request: SolveRequest,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const asked = { ...request, frontend: '', attributes: {}, inputs: new Map(), exporter: undefined };
  const over = new AbortController();
  const whole = client
    .unary('/moby.buildkit.v1.Control/Solve', encodeSolveRequest(asked), AbortSignal.any([signal, over.signal]))
    .catch((error: unknown) => error);
  const call = (method: string, body: Uint8Array): Promise<Uint8Array> =>
    client.unary(`${bridge}/${method}`, body, signal, { 'buildkit-controlapi-buildid': request.reference });
  try {
    await untilKnown(call, signal);
    const answer = decodeMessage(await call('Solve', encodeFrontendSolve(request)));
    await call('Return', bytesField(1, new Uint8Array()));
    return metadataOf(answer);
  } finally {
    over.abort();
    await whole;
  }
}

async function untilKnown(call: (method: string, body: Uint8Array) => Promise<Uint8Array>, signal: AbortSignal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await call('Ping', new Uint8Array());
      return;
    } catch (error) {
      const isEarly = error instanceof GrpcError && /no such job|not found|no frontend/.test(error.message);
      if (!isEarly || attempt === attempts) throw error;
    }
    await wait(pause, undefined, { signal });
  }
}

/** `moby.buildkit.v1.frontend.SolveRequest` */
function encodeFrontendSolve({ frontend, attributes, inputs }: SolveRequest): Uint8Array {
  return encodeMessage(
    textField(2, frontend),
    textMapField(3, attributes),
    numberField(5, true),
    numberField(6, true),
    ...[...inputs].map(([name, definition]) =>
      bytesField(12, encodeMessage(textField(1, name), bytesField(2, definition))),
    ),
  );
}

function metadataOf(answer: DecodedMessage): ReadonlyMap<string, string> {
  const result = answer.message(3);
  if (result === undefined) throw new GrpcError(grpcStatus.internal, 'the frontend gave no result');
  return new Map(result.messages(10).map((entry) => [entry.text(1), entry.text(2)]));
}
