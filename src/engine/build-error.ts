/** The line of the Dockerfile at which a build failed. */
export interface BuildLocation {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Lines around it, the failing ones marked. */
  readonly lines: readonly { readonly number: number; readonly text: string; readonly failing: boolean }[];
}

/** A build that ended without an image. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  /** `failed`: a step, or something the Dockerfile refers to. `refused`: the request asks for what this builder does not do. */
  readonly kind: 'failed' | 'refused';
  readonly location: BuildLocation | undefined;
  /** Of a failed step, as far as the builder tells it. */
  readonly exitCode: number | undefined;
  /** Of a refusal: another builder than the engine's own may do it. */
  readonly elsewhere: 'other-builder' | undefined;

  constructor(
    kind: 'failed' | 'refused',
    message: string,
    options: {
      readonly location?: BuildLocation | undefined;
      readonly exitCode?: number | undefined;
      readonly elsewhere?: 'other-builder' | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.location = options.location;
    this.exitCode = options.exitCode;
    this.elsewhere = options.elsewhere;
  }
}
