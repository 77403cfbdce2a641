import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** `extends` without the service. */
export const extendsServiceRequired: DiagnosticFactory<[service: string, at: SourceSpan]> = defineDiagnostic({
  code: 'extends-service-required',
  about: '`extends` is the name of a service, or a mapping with `service` and perhaps `file`.',
  write: (service, at) => ({
    message: `extends.${service}.service is required`,
    path: `services.${service}.extends`,
    at,
  }),
});

/** `extends` names no service of the file. */
export const extendsServiceNotFound: DiagnosticFactory<
  [service: string, file: string, base: string, at: SourceSpan, suggestion: string | undefined]
> = defineDiagnostic({
  code: 'extends-service-not-found',
  about:
    'The service to extend is not in the same file, or not in the file that `extends` names. Services of other `-f` files and of included files cannot be extended.',
  write: (service, file, base, at, suggestion) => ({
    message: `cannot extend service "${service}" in ${file}: service "${base}" not found`,
    path: `services.${service}.extends`,
    at,
    hint: suggestion === undefined ? undefined : `did you mean ${suggestion}?`,
  }),
});

/** The extended file has no services. */
export const extendsNoServices: DiagnosticFactory<[service: string, file: string, problem: string, at: SourceSpan]> =
  defineDiagnostic({
    code: 'extends-no-services',
    about: 'The file that `extends` names has no `services` mapping.',
    write: (service, file, problem, at) => ({
      message: `cannot extend service "${service}" in ${file}: ${problem}`,
      path: `services.${service}.extends`,
      at,
    }),
  });

/** Services that extend each other in a circle. */
export const extendsCycle: DiagnosticFactory<
  [links: readonly { readonly service: string; readonly file: string; readonly at: SourceSpan }[]]
> = defineDiagnostic({
  code: 'extends-cycle',
  about: 'A service extends itself, directly or through others.',
  write: (links) => {
    const [first, ...rest] = links;
    const lines = links.map((link, index) => `${index === 0 ? '' : 'extends '}${link.service} in ${link.file}`);
    return {
      message: `Circular reference: ${lines.join(' ')}`,
      path: first === undefined ? undefined : `services.${first.service}.extends`,
      at: first?.at,
      related: rest.slice(0, -1).map((link) => ({ message: `${link.service} extends on`, at: link.at })),
    };
  },
});

/** `include` is no list. */
export const includeNotList: DiagnosticFactory<[found: string, at: SourceSpan]> = defineDiagnostic({
  code: 'include-not-list',
  about: '`include` is a list of paths or of mappings with `path`.',
  write: (found, at) => ({ message: `\`include\` must be a list, got ${found}`, path: 'include', at }),
});

/** An entry of `include` that is neither path nor mapping. */
export const includeEntryInvalid: DiagnosticFactory<[path: string, problem: string, at: SourceSpan]> = defineDiagnostic(
  {
    code: 'include-entry-invalid',
    about: 'An entry of `include` is a path or a mapping with `path`, `project_directory` and `env_file`.',
    write: (path, problem, at) => ({ message: `${path} ${problem}`, path, at }),
  },
);

/** Files that include each other in a circle. */
export const includeCycle: DiagnosticFactory<[files: readonly string[], at: SourceSpan | undefined]> = defineDiagnostic(
  {
    code: 'include-cycle',
    about: 'A file includes itself, directly or through others.',
    write: (files, at) => ({
      message: `include cycle detected: ${files.map((file, index) => (index === 0 ? file : `include ${file}`)).join(' ')}`,
      path: 'include',
      at,
    }),
  },
);

/** An env file of an include does not exist. */
export const includeEnvironmentFileNotFound: DiagnosticFactory<[path: string, at: SourceSpan]> = defineDiagnostic({
  code: 'include-env-file-not-found',
  about: 'An `env_file` of an `include` entry does not exist.',
  write: (path, at) => ({ message: `stat ${path}: no such file or directory`, path: 'include', at }),
});

/** The including file defines what the included one defines too. */
export const includeConflict: DiagnosticFactory<[path: string, at: SourceSpan, imported: SourceSpan]> =
  defineDiagnostic({
    code: 'include-conflict',
    about:
      'An included file defines a service, network, volume, config or secret that is defined here too, in another way. An include is no override: use a further `-f` file, or list both files under one `path`.',
    write: (path, at, imported) => ({
      message: `${path} conflicts with imported resource`,
      path,
      at,
      related: [{ message: 'the included definition', at: imported }],
      hint: 'put the change in an override file: include: [{path: [base.yaml, override.yaml]}]',
    }),
  });
