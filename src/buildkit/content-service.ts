import type { Clock } from '../engine/clock.ts';
import type { Ingest } from './content-ingest.ts';
import { decodeWrite, encodeInfo, encodeStatus, encodeWritten, type WriteRequest } from './content-messages.ts';
import type { ContentStore } from './content-store.ts';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import { type GrpcCall, type GrpcMethod, unaryMethod } from './grpc-server.ts';
import { type DecodedMessage, decodeMessage } from './protobuf-reader.ts';
import { bytesField, encodeMessage, numberField } from './protobuf-writer.ts';

const service = '/containerd.services.content.v1.Content';
const storeKey = 'buildkit-attachable-store-id';
/** So many blobs are listed in one message. */
const listedAtOnce = 100;

/**
 * `containerd.services.content.v1.Content` over these stores, by the names that a solve request gives them. Blobs are read and added;
 * nothing is deleted, and labels are not kept.
 */
export function contentMethods(
  stores: ReadonlyMap<string, ContentStore>,
  clock: Pick<Clock, 'now'>,
): ReadonlyMap<string, GrpcMethod> {
  const unary = (answer: (store: ContentStore, request: DecodedMessage) => Promise<Uint8Array>): GrpcMethod => {
    return (call) => unaryMethod(async (request) => answer(storeOf(call, stores), decodeMessage(request)))(call);
  };
  return new Map<string, GrpcMethod>([
    [`${service}/Info`, unary(async (store, request) => bytesField(1, encodeInfo(await store.info(request.text(1)))))],
    [`${service}/List`, (call) => list(call, storeOf(call, stores))],
    [`${service}/Read`, (call) => read(call, storeOf(call, stores))],
    [
      `${service}/Status`,
      unary(async (store, request) => bytesField(1, encodeStatus(ingestOf(store, request.text(1)), clock.now()))),
    ],
    [
      `${service}/ListStatuses`,
      unary((store) =>
        Promise.resolve(
          encodeMessage(...store.ingests().map((ingest) => bytesField(1, encodeStatus(ingest, clock.now())))),
        ),
      ),
    ],
    [`${service}/Write`, (call) => write(call, storeOf(call, stores), clock)],
    [
      `${service}/Abort`,
      unary(async (store, request) => {
        await ingestOf(store, request.text(1)).abort();
        return new Uint8Array();
      }),
    ],
    [`${service}/Update`, unary(() => refuse(grpcStatus.failedPrecondition, 'a folder keeps no labels'))],
    [`${service}/Delete`, unary(() => refuse(grpcStatus.permissionDenied, 'nothing is deleted from here'))],
  ]);
}

function storeOf(call: GrpcCall, stores: ReadonlyMap<string, ContentStore>): ContentStore {
  const id = call.metadata(storeKey)[0] ?? '';
  const store = stores.get(id);
  if (store === undefined) throw new GrpcError(grpcStatus.notFound, `unknown store ${id}`);
  return store;
}

function ingestOf(store: ContentStore, ref: string): Ingest {
  const ingest = store.ingests().find((each) => each.ref === ref);
  if (ingest === undefined) throw new GrpcError(grpcStatus.notFound, `nothing is written as ${ref}`);
  return ingest;
}

function refuse(code: number, sentence: string): Promise<never> {
  return Promise.reject(new GrpcError(code, sentence));
}

async function list(call: GrpcCall, store: ContentStore): Promise<void> {
  let infos: Buffer[] = [];
  for await (const info of store.list()) {
    infos.push(bytesField(1, encodeInfo(info)));
    if (infos.length < listedAtOnce) continue;
    await call.send(...infos);
    infos = [];
  }
  if (infos.length > 0) await call.send(...infos);
}

async function read(call: GrpcCall, store: ContentStore): Promise<void> {
  for await (const message of call.messages) {
    const request = decodeMessage(message);
    for await (const piece of store.read(request.text(1), request.number(2), request.number(3))) {
      await call.send(numberField(1, piece.offset), bytesField(2, piece.bytes));
    }
    return;
  }
}

/** Every message is answered, so that the builder sends no more than is written. */
async function write(call: GrpcCall, store: ContentStore, clock: Pick<Clock, 'now'>): Promise<void> {
  let ingest: Ingest | undefined;
  let total = 0;
  let expected = '';
  try {
    for await (const message of call.messages) {
      const request = decodeWrite(message);
      if (ingest === undefined && request.ref === '') {
        throw new GrpcError(grpcStatus.invalidArgument, 'the first message of a write names nothing');
      }
      if (request.expected !== '') await requireNew(store, request.expected);
      ingest ??= await store.begin(request.ref, clock.now());
      total = request.total > 0 ? request.total : total;
      expected = request.expected === '' ? expected : request.expected;
      await take(ingest, request);
      const digest = request.action === 'commit' ? await ingest.commit(expected, total) : '';
      await call.send(encodeWritten(request.action, ingest, { total, now: clock.now(), digest }));
      if (request.action === 'commit') return;
    }
  } finally {
    await ingest?.abort();
  }
}

async function requireNew(store: ContentStore, digest: string): Promise<void> {
  try {
    await store.info(digest);
  } catch (error) {
    if (error instanceof GrpcError && error.code === grpcStatus.notFound) return;
    throw error;
  }
  throw new GrpcError(grpcStatus.alreadyExists, `content ${digest} is there already`);
}

async function take(ingest: Ingest, { action, offset, data }: WriteRequest): Promise<void> {
  if (action === 'stat') return;
  if (offset === 0 && ingest.offset() > 0) await ingest.restart();
  if (offset !== ingest.offset()) {
    throw new GrpcError(grpcStatus.outOfRange, `a write at ${offset} comes after ${ingest.offset()} bytes`);
  }
  if (data.length > 0) await ingest.write(data);
}
