import { expect, test } from 'vitest';
import { GrpcError, grpcStatus } from '../../../src/buildkit/grpc-error.ts';
import { bytesField, encodeMessage, textField } from '../../../src/buildkit/protobuf-writer.ts';
import { solveError } from '../../../src/buildkit/solve-error.ts';
import { BuildError } from '../../../src/engine/build-error.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';

function withSource(text: string, from: number, to: number): Uint8Array {
  const data = Buffer.from(text).toString('base64');
  const value = JSON.stringify({
    info: { filename: 'Dockerfile', data },
    ranges: [{ start: { line: from }, end: { line: to } }],
  });
  const any = encodeMessage(textField(1, 'github.com/moby/buildkit/errdefs.Source+json'), textField(2, value));
  return encodeMessage(bytesField(3, encodeMessage(textField(1, 'other'))), bytesField(3, any));
}

test('a failed solve tells the place in the Dockerfile with the lines around it', () => {
  const text = 'FROM x\nRUN a\nRUN b \\\n && c\nRUN d\nRUN e\nRUN f\n';
  const error = solveError(new GrpcError(grpcStatus.unknown, 'process "b" did not', withSource(text, 3, 4)));
  expect(error).toBeInstanceOf(BuildError);
  expect(error).toMatchObject({
    kind: 'failed',
    message: 'process "b" did not',
    location: {
      file: 'Dockerfile',
      line: 3,
      lines: [
        { number: 1, text: 'FROM x', failing: false },
        { number: 2, text: 'RUN a', failing: false },
        { number: 3, text: 'RUN b \\', failing: true },
        { number: 4, text: ' && c', failing: true },
        { number: 5, text: 'RUN d', failing: false },
        { number: 6, text: 'RUN e', failing: false },
      ],
    },
  });
});

test("the builder's internal names are left out", () => {
  const message =
    'failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error on line 2: unknown';
  expect(solveError(new GrpcError(grpcStatus.unknown, message))).toMatchObject({
    message: 'dockerfile parse error on line 2: unknown',
    location: undefined,
  });
  const missing = 'failed to compute cache key: failed to calculate checksum of ref a::b: "/x": not found';
  expect(solveError(new GrpcError(grpcStatus.unknown, missing))).toMatchObject({
    message: '"/x" is not in the build context',
  });
});

test('a lost connection is no failure of the build', () => {
  const lost = new EngineError('connection-lost', 'lost');
  expect(solveError(lost)).toBe(lost);
});

test('an entitlement that the engine does not grant is a refusal that another builder may lift', () => {
  const message = 'granting entitlement security.insecure is not allowed by build daemon configuration';
  expect(solveError(new GrpcError(grpcStatus.unknown, message))).toMatchObject({
    kind: 'refused',
    elsewhere: 'other-builder',
  });
});

test('a frontend that knows no named contexts is told as a refusal with the way out', () => {
  const message =
    'failed to solve with frontend dockerfile.v0: unsupported frontend capability moby.buildkit.frontend.contexts';
  expect(solveError(new GrpcError(grpcStatus.unknown, message))).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('# syntax=docker/dockerfile:1'),
  });
});
