import { completionScript, completionShells } from '../completion-scripts.ts';
import { exitCode } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { usageError } from '../usage-error.ts';

/** Prints the completion script of a shell. */
export function runCompletion({ host }: Session, shell: string): Promise<number> {
  const known = completionShells.find((each) => each === shell);
  if (known === undefined)
    throw usageError(
      `there is no completion for ${JSON.stringify(shell)}`,
      `use one of ${completionShells.join(', ')}`,
    );
  host.stdout.write(completionScript(known));
  return Promise.resolve(exitCode.success);
}
