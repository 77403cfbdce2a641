import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** No compose file in the folder or above it. */
export const noComposeFile: DiagnosticFactory<[directory: string]> = defineDiagnostic({
  code: 'no-compose-file',
  about:
    'No compose.yaml, compose.yml, docker-compose.yml or docker-compose.yaml in the folder or any folder above it.',
  write: (directory) => ({
    message: 'no configuration file provided: not found',
    hint: `looked for compose.yaml, compose.yml, docker-compose.yml and docker-compose.yaml in ${directory} and above; name one with -f`,
  }),
});

/** Several files of which one is used. */
export const severalComposeFiles: DiagnosticFactory<
  [kind: 'config' | 'override', found: readonly string[], used: string]
> = defineDiagnostic({
  code: 'several-compose-files',
  severity: 'warning',
  about:
    'A folder holds more than one file with a supported name; the first is used. Remove the others or name one with `-f`.',
  write: (kind, found, used) => ({
    message: `Found multiple ${kind} files with supported names: ${found.join(', ')}. Using ${used}`,
  }),
});

/** Only blanks and comments. */
export const emptyComposeFile: DiagnosticFactory<[file: string]> = defineDiagnostic({
  code: 'empty-compose-file',
  about: 'The files hold nothing but blanks and comments.',
  write: (file) => ({ message: `empty compose file: ${file}` }),
});

/** No name can be made. */
export const projectNameEmpty: DiagnosticFactory<[at: SourceSpan | undefined]> = defineDiagnostic({
  code: 'project-name-empty',
  about: 'Neither the file nor its folder gives a project name that has a letter or digit.',
  write: (at) => ({
    message: 'project name must not be empty',
    at,
    hint: 'give one with -p or with `name:` in the file',
  }),
});

/** A name that was given is none. */
export const projectNameInvalid: DiagnosticFactory<[name: string, rule: string, from: string, proposal: string]> =
  defineDiagnostic({
    code: 'project-name-invalid',
    about:
      'A project name given with `-p` or COMPOSE_PROJECT_NAME consists of lower-case letters, digits, `-` and `_`, and starts with a letter or digit.',
    write: (name, rule, from, proposal) => ({
      message: `invalid project name "${name}": ${rule} (from ${from})`,
      hint: proposal === '' ? undefined : `did you mean "${proposal}"?`,
    }),
  });

/** `name` is no text. */
export const projectNameNotText: DiagnosticFactory<[at: SourceSpan]> = defineDiagnostic({
  code: 'project-name-not-text',
  about: 'The top-level `name` is a text.',
  write: (at) => ({ message: 'name must be a string', path: 'name', at }),
});

/** A named env file does not exist. */
export const environmentFileNotFound: DiagnosticFactory<[path: string]> = defineDiagnostic({
  code: 'env-file-not-found',
  about: 'An env file named with `--env-file` or COMPOSE_ENV_FILES does not exist.',
  write: (path) => ({ message: `couldn't find env file: ${path}` }),
});

/** A named env file is a folder. */
export const environmentFileIsDirectory: DiagnosticFactory<[path: string]> = defineDiagnostic({
  code: 'env-file-is-directory',
  about: 'An env file named with `--env-file` or COMPOSE_ENV_FILES is a folder.',
  write: (path) => ({ message: `${path} is a directory`, hint: 'name the env file inside it' }),
});

/** A line of an env file cannot be read. */
export const environmentFileSyntax: DiagnosticFactory<[problem: string, at: SourceSpan]> = defineDiagnostic({
  code: 'env-file-syntax',
  about: 'A line of an env file does not follow its grammar: `KEY=value`, `KEY="value"`, `KEY=\'value\'` or `KEY`.',
  write: (problem, at) => ({ message: `failed to read env file: ${problem}`, at }),
});

/** A switch variable that is neither true nor false. */
export const switchInvalid: DiagnosticFactory<[name: string, text: string]> = defineDiagnostic({
  code: 'switch-invalid',
  about: 'A COMPOSE_* variable that switches something takes true or false.',
  write: (name, text) => ({
    message: `${name}: strconv.ParseBool: parsing "${text}": invalid syntax`,
    hint: 'set it to true or false',
  }),
});

/** The obsolete top-level `version`. */
export const versionObsolete: DiagnosticFactory<[at: SourceSpan]> = defineDiagnostic({
  code: 'version-obsolete',
  severity: 'warning',
  about: 'The top-level `version` has no meaning any more.',
  write: (at) => ({
    message: 'the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion',
    path: 'version',
    at,
  }),
});
