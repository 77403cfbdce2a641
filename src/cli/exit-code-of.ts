import { BuildError } from '../engine/build-error.ts';
import { exitCode } from './exit-code.ts';

/** The exit code for what a command threw: that of a step that failed in the classic builder, as with Docker Compose, else 1. */
export function exitCodeOf(thrown: unknown): number {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (error instanceof BuildError) return error.exitCode ?? exitCode.failure;
  }
  return exitCode.failure;
}
