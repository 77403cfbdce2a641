import type { BuildLocation } from '../engine/build-error.ts';
import { defineFailure, type FailureFactory } from './define-failure.ts';

/** A step of a Dockerfile failed, or the Dockerfile itself is wrong. */
export const buildFailed: FailureFactory<
  [
    who: string,
    reason: string,
    location: BuildLocation | undefined,
    step: { readonly name: string; readonly output: readonly string[] } | undefined,
  ]
> = defineFailure({
  code: 'build-failed',
  about:
    'An image could not be built: a step failed, the Dockerfile has a mistake, or something that it refers to is not there. The failing step is shown with its last lines and its place in the Dockerfile.',
  write: (who, reason, location, step) => ({
    message: `${who} could not be built: ${reason}`,
    details: [
      ...(location === undefined ? [] : locationLines(location)),
      ...(step === undefined ? [] : [`at ${step.name}`, ...step.output.map((line) => `| ${line}`)]),
    ],
  }),
});

/** The build asks for something that the builder does not do. */
export const buildRefused: FailureFactory<[who: string, reason: string]> = defineFailure({
  code: 'build-refused',
  about: 'A build asks for something that this builder, or this engine, cannot do. The reason names it.',
  write: (who, reason) => ({ message: `${who} cannot be built: ${reason}` }),
});

/** A caller of the library gave no builder. */
export const builderMissing: FailureFactory<[who: string]> = defineFailure({
  code: 'builder-missing',
  about: 'A plan builds an image, and the ports that it is carried out with have no builder.',
  write: (who) => ({ message: `${who} cannot be built: there is no builder` }),
});

function locationLines({ file, line, lines }: BuildLocation): readonly string[] {
  return [
    `${file}:${line}`,
    ...lines.map(({ number, text, failing }) => `${String(number).padStart(4)} | ${failing ? '>>>' : '   '} ${text}`),
  ];
}
