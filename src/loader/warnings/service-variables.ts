import { toSourceRange } from '../../diagnostics/source-text.ts';
import { lastName } from '../../source/file-path.ts';
import type { LoadSession } from '../load-session.ts';

/** Says of variables that are not set and that an `env_file` defines why that did not help. */
export function hintAtServiceVariables({ findings, serviceVariables }: LoadSession): void {
  for (const [name, span] of serviceVariables) {
    findings.amend(`unset:${name}`, (diagnostic) => ({
      ...diagnostic,
      related: [{ message: `${name} is defined here`, range: toSourceRange(span) }],
      hint: `an env_file sets variables inside of its container only, not in this file: put ${name} into .env, or pass --env-file ${lastName(span.source.name)}`,
    }));
  }
}
