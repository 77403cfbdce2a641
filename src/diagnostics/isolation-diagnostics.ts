import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';

/** Something that copies of a project have in common. */
export const notIsolated: DiagnosticFactory<[path: string, what: string, shared: string, hint: string]> =
  defineDiagnostic({
    code: 'not-isolated',
    severity: 'warning',
    about:
      'A copy of the project (`--instance`) would not be alone with something: the network of the host, an external network or volume, a folder of the host that it writes to. With `isolate: strict` this is an error.',
    write: (path, what, shared, hint) => ({ message: `${what} ${shared}`, path, hint }),
  });

/** A port that is to be handed to a service, and that nobody publishes. */
export const portNotPublished: DiagnosticFactory<
  [path: string, reference: string, service: string, published: readonly string[]]
> = defineDiagnostic({
  code: 'port-not-published',
  about:
    'A variable below `x-topsail.env` asks for the host port of a container port that its service does not publish, or of a service that the file does not have.',
  write: (path, reference, service, published) => ({
    message: `${reference} is not published by service "${service}"`,
    path,
    hint: published.length === 0 ? `add the port to services.${service}.ports` : `it publishes ${published.join(', ')}`,
  }),
});
