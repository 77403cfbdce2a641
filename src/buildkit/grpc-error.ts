/** The gRPC status codes that are told apart here. */
export const grpcStatus = {
  ok: 0,
  canceled: 1,
  unknown: 2,
  invalidArgument: 3,
  notFound: 5,
  alreadyExists: 6,
  permissionDenied: 7,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
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
