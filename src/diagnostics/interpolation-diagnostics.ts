import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** A `${}` that does not follow the grammar. */
export const interpolationInvalid: DiagnosticFactory<[path: string, template: string, at: SourceSpan]> =
  defineDiagnostic({
    code: 'interpolation-invalid',
    about:
      'A `$` starts something that is no variable: an unclosed brace, a name with other characters, an unknown operator.',
    write: (path, template, at) => ({
      message: `invalid interpolation format for ${path}: ${template.split('\n', 1)[0] ?? ''}`,
      path,
      at,
      hint: 'write ${NAME}, ${NAME:-default}, ${NAME:+value} or ${NAME:?message}; $$ is a literal dollar sign',
    }),
  });

/** A value that its variables make too long. */
export const expansionTooLong: DiagnosticFactory<[path: string, most: number, at: SourceSpan]> = defineDiagnostic({
  code: 'interpolation-too-long',
  about: 'With its variables replaced, a value has more than a million characters.',
  write: (path, most, at) => ({
    message: `${path}: with its variables replaced the value has more than ${most} characters`,
    path,
    at,
    hint: 'look for variables made of variables in the env files',
  }),
});

/** A variable that `${NAME:?message}` demands has no value. */
export const variableRequired: DiagnosticFactory<[path: string, name: string, message: string, at: SourceSpan]> =
  defineDiagnostic({
    code: 'variable-required',
    about:
      'The file demands this variable with `${NAME:?message}` or `${NAME?message}` and it has no value. Set it in the environment or in `.env`.',
    write: (path, name, message, at) => ({
      message: `required variable ${name} is missing a value${message === '' ? '' : `: ${message}`} (${path})`,
      path,
      at,
      hint: `set ${name} in the environment or in the .env file`,
    }),
  });

/** A variable without default has no value; the empty string stands in. */
export const variableUnset: DiagnosticFactory<[name: string, at: SourceSpan | undefined]> = defineDiagnostic({
  code: 'variable-unset',
  severity: 'warning',
  about: 'A variable without default is not set; the empty string is used. Write `${NAME:-}` when that is meant.',
  write: (name, at) => ({ message: `The "${name}" variable is not set. Defaulting to a blank string.`, at }),
});

/** As {@link variableUnset}, where a strict load refuses it. */
export const variableUnsetStrict: DiagnosticFactory<[name: string, at: SourceSpan | undefined]> = defineDiagnostic({
  code: 'variable-unset-strict',
  about: 'Under `--strict` a variable without default must be set.',
  write: (name, at) => ({
    message: `The "${name}" variable is not set.`,
    at,
    hint: `set ${name}, or write \${${name}:-} if an empty value is meant`,
  }),
});

/** A text where the specification wants another type. */
export const castFailed: DiagnosticFactory<[path: string, problem: string, at: SourceSpan]> = defineDiagnostic({
  code: 'value-cast',
  about: 'After interpolation the text is no whole number, number or boolean, which this attribute wants.',
  write: (path, problem, at) => ({ message: `${path}: failed to cast to expected type: ${problem}`, path, at }),
});

/** A boolean word of YAML 1.1. */
export const booleanWordOutdated: DiagnosticFactory<[path: string, text: string, meant: boolean, at: SourceSpan]> =
  defineDiagnostic({
    code: 'boolean-word-outdated',
    severity: 'warning',
    about:
      '`yes`, `no`, `on`, `off`, `y` and `n` are text in YAML 1.2. They are understood here; write `true` or `false`.',
    write: (path, text, meant, at) => ({
      message: `"${text}" for boolean is not supported by YAML 1.2, please use \`${String(meant)}\``,
      path,
      at,
    }),
  });
