import { BuildError, type BuildLocation } from '../engine/build-error.ts';
import { namedContexts } from './build-contexts.ts';
import { GrpcError } from './grpc-error.ts';
import { decodeMessage } from './protobuf-reader.ts';

const sourceType = /\/buildkit\/errdefs\.Source\+json$/;
/** Lines of the Dockerfile shown before and after the failing ones. */
const linesAround = 2;
const tooOldForContexts =
  'additional_contexts are not known to the builder of the engine; a Dockerfile that begins with "# syntax=docker/dockerfile:1" brings its own';

/** A failed solve in the terms of the port, with the place in the Dockerfile if the builder names it. Other errors stay what they are. */
export function solveError(error: unknown): unknown {
  if (!(error instanceof GrpcError)) return error;
  const message = error.message.replace(
    /^failed to solve(?: with frontend [\w.]+)?: (?:failed to create LLB definition: )?/,
    '',
  );
  if (message.includes(`unsupported frontend capability ${namedContexts}`)) {
    return new BuildError('refused', tooOldForContexts, { cause: error });
  }
  if (/granting entitlement \S+ is not allowed/.test(message)) {
    const hint =
      'allow it in the configuration of the engine (builder.Entitlements), or make a builder with docker buildx create';
    return new BuildError('refused', `${message}; ${hint}`, { elsewhere: 'other-builder', cause: error });
  }
  return new BuildError('failed', plainWords(message), { location: locationOf(error.details), cause: error });
}

/** Without the builder's internal names of what it looked into. */
function plainWords(message: string): string {
  return message
    .replace(/^failed to compute cache key: (?:failed to calculate checksum of ref \S+: )?/, '')
    .replace(/^(".*"): not found$/, '$1 is not in the build context');
}

interface SourceDetail {
  readonly info?: { readonly filename?: string; readonly data?: string };
  readonly ranges?: readonly {
    readonly start?: { readonly line?: number };
    readonly end?: { readonly line?: number };
  }[];
}

/** `google.rpc.Status` has its details as a list of `google.protobuf.Any`, of which BuildKit fills some with JSON. */
function locationOf(details: Uint8Array): BuildLocation | undefined {
  if (details.length === 0) return undefined;
  for (const detail of decodeMessage(details).messages(3)) {
    if (!sourceType.test(detail.text(1))) continue;
    const { info, ranges = [] } = JSON.parse(detail.text(2)) as SourceDetail;
    const first = ranges[0]?.start?.line;
    if (info?.filename === undefined || info.data === undefined || first === undefined) continue;
    const last = Math.max(...ranges.map(({ start, end }) => end?.line ?? start?.line ?? first));
    return {
      file: info.filename,
      line: first,
      lines: excerpt(Buffer.from(info.data, 'base64').toString(), first, last),
    };
  }
  return undefined;
}

function excerpt(text: string, first: number, last: number): BuildLocation['lines'] {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.flatMap((line, index) => {
    const number = index + 1;
    if (number < first - linesAround || number > last + linesAround) return [];
    return [{ number, text: line, failing: number >= first && number <= last }];
  });
}
