import { readFile } from 'node:fs/promises';
import type { DesiredInputs } from '../compose/up-options.ts';
import type { Session } from './session.ts';

/** What the desired state takes from this process beside the project. */
export function desiredInputsOf({ flags }: Session): DesiredInputs {
  return {
    compatibility: flags.compatibility === true,
    readText: (path) => readFile(path, 'utf8'),
  };
}
