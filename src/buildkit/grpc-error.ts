/** The gRPC status codes that are told apart here. */
export const grpcStatus = {
  ok: 0,
  canceled: 1,
  unknown: 2,
  notFound: 5,
  permissionDenied: 7,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
} as const;

/** A gRPC call that ended with another status than OK. */
export class GrpcError extends Error {
  override readonly name = 'GrpcError';
  /** One of {@link grpcStatus}. */
  readonly code: number;
  /** `grpc-status-details-bin`: an encoded `google.rpc.Status`; empty without one. */
  readonly details: Uint8Array;

  constructor(code: number, message: string, details: Uint8Array = new Uint8Array()) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
