import { bytesField, encodeMessage, textField, textMapField, textsField } from './protobuf-writer.ts';

/** One place that cache is read from or written to, such as `{type: registry, attributes: {ref: ...}}`. */
export interface CacheEntry {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `moby.buildkit.v1.SolveRequest`, the part that a build by a frontend needs. */
export interface SolveRequest {
  readonly reference: string;
  readonly session: string;
  readonly frontend: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Inputs of the frontend by name: encoded `pb.Definition`s. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  /** Absent builds and keeps nothing. */
  readonly exporter: { readonly type: string; readonly attributes: Readonly<Record<string, string>> } | undefined;
  readonly cacheImports: readonly CacheEntry[];
  readonly cacheExports: readonly CacheEntry[];
  readonly entitlements: readonly string[];
}

/** The bytes of a solve request. */
export function encodeSolveRequest(request: SolveRequest): Uint8Array {
  const { exporter } = request;
  const cache = encodeMessage(
    ...request.cacheExports.map((entry) => bytesField(4, encodeCacheEntry(entry))),
    ...request.cacheImports.map((entry) => bytesField(5, encodeCacheEntry(entry))),
  );
  return encodeMessage(
    textField(1, request.reference),
    // Every version of BuildKit reads the exporter here; newer ones have a list beside it.
    textField(3, exporter?.type),
    textMapField(4, exporter?.attributes ?? {}),
    textField(5, request.session),
    textField(6, request.frontend),
    textMapField(7, request.attributes),
    bytesField(8, cache),
    textsField(9, request.entitlements),
    ...[...request.inputs].map(([name, definition]) =>
      bytesField(10, encodeMessage(textField(1, name), bytesField(2, definition))),
    ),
  );
}

function encodeCacheEntry({ type, attributes }: CacheEntry): Uint8Array {
  return encodeMessage(textField(1, type), textMapField(2, attributes));
}

/** `moby.buildkit.v1.StatusRequest` */
export function encodeStatusRequest(reference: string): Uint8Array {
  return textField(1, reference);
}
