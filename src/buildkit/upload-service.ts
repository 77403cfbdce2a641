import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { GrpcError, grpcStatus } from './grpc-error.ts';
import type { GrpcMethod } from './grpc-server.ts';
import { bytesField } from './protobuf-writer.ts';

/** `moby.upload.v1.Upload/Pull`: tar files that the builder fetches from us as if from the web. `-` is standard input. */
export function uploadMethod(archives: ReadonlyMap<string, string>, standardInput: () => Readable): GrpcMethod {
  return async (call) => {
    const path = archives.get(call.metadata('urlpath')[0] ?? '');
    if (path === undefined) throw new GrpcError(grpcStatus.notFound, 'no such upload');
    const stream = path === '-' ? standardInput() : createReadStream(path);
    for await (const piece of stream) await call.send(bytesField(1, piece as Uint8Array));
  };
}
