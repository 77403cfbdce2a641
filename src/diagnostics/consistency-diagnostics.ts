import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** What a service can refer to by name. */
export type ReferenceKind = 'network' | 'volume' | 'config' | 'secret' | 'build secret' | 'model';

/** A reference to something the project does not define. */
export const undefinedReference: DiagnosticFactory<
  [service: string, kind: ReferenceKind, name: string, at: SourceSpan, suggestion: string | undefined]
> = defineDiagnostic({
  code: 'undefined-reference',
  about: 'A service uses a network, volume, config, secret or model that no top-level section defines.',
  write: (service, kind, name, at, suggestion) => ({
    message: `service "${service}" refers to undefined ${kind} ${name}`,
    path: `services.${service}`,
    at,
    hint:
      kind === 'volume' && /^[./~]/.test(name)
        ? 'a path of the host is mounted with type: bind'
        : suggestion === undefined
          ? `define it at the top level, under ${kind === 'build secret' ? 'secrets' : `${kind}s`}:`
          : `did you mean ${suggestion}?`,
  }),
});

/** A dependency on a service that is not there, or that a profile disables. */
export const undefinedDependency: DiagnosticFactory<
  [
    service: string,
    dependency: string,
    at: SourceSpan,
    disabledBy: readonly string[] | undefined,
    suggestion: string | undefined,
  ]
> = defineDiagnostic({
  code: 'undefined-dependency',
  about: 'A service depends on one that the project does not define, or that only an inactive profile enables.',
  write: (service, dependency, at, disabledBy, suggestion) => ({
    message: `service "${service}" depends on undefined service "${dependency}"`,
    path: `services.${service}.depends_on`,
    at,
    hint:
      disabledBy !== undefined
        ? `"${dependency}" is disabled; enable it with --profile ${disabledBy.join(' or --profile ')}`
        : suggestion === undefined
          ? undefined
          : `did you mean ${suggestion}?`,
  }),
});

/** Services that wait for each other. */
export const dependencyCycle: DiagnosticFactory<
  [edges: readonly { readonly from: string; readonly to: string; readonly at: SourceSpan }[]]
> = defineDiagnostic({
  code: 'dependency-cycle',
  about:
    'Services depend on each other in a circle, so none could start first. Implied dependencies count: links, shared namespaces, `volumes_from`.',
  write: (edges) => {
    const [first] = edges;
    return {
      message: `dependency cycle detected: ${[...edges.map((edge) => edge.from), first?.from ?? ''].join(' -> ')}`,
      path: first === undefined ? undefined : `services.${first.from}.depends_on`,
      at: first?.at,
      related: edges.slice(1).map((edge) => ({ message: `${edge.from} depends on ${edge.to}`, at: edge.at })),
      hint: 'remove one of these edges',
    };
  },
});

/** A service that contradicts itself or lacks what it needs. */
export const serviceInconsistent: DiagnosticFactory<
  [service: string, problem: string, at: SourceSpan, hint?: string, other?: SourceSpan]
> = defineDiagnostic({
  code: 'service-inconsistent',
  about: 'Attributes of one service contradict each other, or an essential one is missing.',
  write: (service, problem, at, hint, other) => ({
    message: problem,
    path: `services.${service}`,
    at,
    related: other === undefined ? undefined : [{ message: 'the other one', at: other }],
    hint,
  }),
});

/** A secret without content. */
export const secretWithoutSource: DiagnosticFactory<[secret: string, at: SourceSpan]> = defineDiagnostic({
  code: 'secret-without-source',
  about: 'A secret that is not external says where its content comes from: `file` or `environment`.',
  write: (secret, at) => ({
    message: `secret "${secret}" must declare either \`file\` or \`environment\``,
    path: `secrets.${secret}`,
    at,
  }),
});

/** One container name twice. */
export const containerNameTaken: DiagnosticFactory<
  [service: string, name: string, other: string, at: SourceSpan, otherAt: SourceSpan]
> = defineDiagnostic({
  code: 'container-name-taken',
  about: 'Two services have the same `container_name`; container names are unique on an engine.',
  write: (service, name, other, at, otherAt) => ({
    message: `services.${service}: container name "${name}" is already in use by service ${other}`,
    path: `services.${service}.container_name`,
    at,
    related: [{ message: `used by ${other} here`, at: otherAt }],
  }),
});

/** A service argument that matches nothing. */
export const noSuchService: DiagnosticFactory<[name: string, at: SourceSpan | undefined, hint: string | undefined]> =
  defineDiagnostic({
    code: 'no-such-service',
    about: 'A service named on the command line, or one that it needs, is not in the project or is disabled.',
    write: (name, at, hint) => ({ message: `no such service: ${name}`, at, hint }),
  });

/** A file of `env_file` or `label_file` that is not there. */
export const serviceFileNotFound: DiagnosticFactory<
  [service: string, kind: 'env' | 'label', file: string, at: SourceSpan]
> = defineDiagnostic({
  code: 'service-file-not-found',
  about: 'A file named by `env_file` or `label_file` does not exist. An `env_file` may say `required: false`.',
  write: (service, kind, file, at) => ({
    message: `${kind} file ${file} not found: stat ${file}: no such file or directory`,
    path: `services.${service}.${kind}_file`,
    at,
    hint: kind === 'env' ? 'create it, or write {path: ..., required: false}' : undefined,
  }),
});

/** An unknown `format` of an env file. */
export const environmentFileFormat: DiagnosticFactory<[service: string, format: string, at: SourceSpan]> =
  defineDiagnostic({
    code: 'env-file-format',
    about: 'The `format` of an `env_file` entry is `raw` or absent.',
    write: (service, format, at) => ({
      message: `unsupported env_file format "${format}"`,
      path: `services.${service}.env_file`,
      at,
      hint: 'write raw, or leave format out',
    }),
  });

/** A line of a raw env file cannot be read. */
export const rawEnvironmentFileSyntax: DiagnosticFactory<[problem: string, at: SourceSpan]> = defineDiagnostic({
  code: 'raw-env-file-syntax',
  about: 'A line of a raw env file is not `KEY=value` or `KEY`.',
  write: (problem, at) => ({ message: `failed to parse env_file: ${problem}`, at }),
});
