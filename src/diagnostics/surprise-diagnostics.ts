import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** Two files, or a service and its base, publish one container port. */
export const portPublishedTwice: DiagnosticFactory<
  [service: string, port: string, later: SourceSpan, earlier: SourceSpan]
> = defineDiagnostic({
  code: 'port-published-twice',
  severity: 'warning',
  about:
    'Two files, or a service and the one it extends, publish the same container port. Lists of ports are joined, so both hold; write `ports: !override` in the later file to replace the earlier list.',
  write: (service, port, later, earlier) => ({
    message: `service "${service}" publishes its port ${port} twice: lists of ports are joined, so both lines hold`,
    path: `services.${service}.ports`,
    at: later,
    related: [{ message: 'also published here', at: earlier }],
    hint: 'write ports: !override here to replace the earlier list',
  }),
});

/** A number or boolean that becomes text and looks different then. */
export const valueRewritten: DiagnosticFactory<[path: string, written: string, read: string, at: SourceSpan]> =
  defineDiagnostic({
    code: 'value-rewritten',
    severity: 'warning',
    about:
      'Text is expected here, and YAML read a number or a boolean: `0755` is 493, `3.10` is 3.1. Quote the value to keep it as it is written.',
    write: (path, written, read, at) => ({
      message: `${path}: YAML reads ${written} as ${read}, and that is what the container gets`,
      path,
      at,
      hint: `quote it to keep it as written: "${written}"`,
    }),
  });

/** An optional dependency that no active profile enables. */
export const optionalDependencyDisabled: DiagnosticFactory<
  [service: string, dependency: string, profiles: readonly string[], at: SourceSpan]
> = defineDiagnostic({
  code: 'optional-dependency-disabled',
  severity: 'warning',
  about: 'A service depends, with `required: false`, on one that no active profile enables; it starts without it.',
  write: (service, dependency, profiles, at) => ({
    message: `service "${service}" starts without its optional dependency "${dependency}", which is disabled`,
    path: `services.${service}.depends_on`,
    at,
    hint: profiles.length === 0 ? undefined : `enable it with --profile ${profiles.join(' or --profile ')}`,
  }),
});

/** A path of the host in a short volume that is not there. */
export const bindSourceMissing: DiagnosticFactory<[service: string, source: string, at: SourceSpan]> = defineDiagnostic(
  {
    code: 'bind-source-missing',
    severity: 'warning',
    about:
      'The host has no such path. In the short form of a volume the engine creates a folder there, which belongs to root, and which is wrong if a file was meant.',
    write: (service, source, at) => ({
      message: `${source} does not exist; an empty folder will be created for service "${service}"`,
      path: `services.${service}.volumes`,
      at,
      hint: 'create it first, or correct the path',
    }),
  },
);
