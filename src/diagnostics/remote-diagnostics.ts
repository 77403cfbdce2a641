import { type DiagnosticFactory, defineDiagnostic } from './define-diagnostic.ts';
import type { SourceSpan } from './source-text.ts';

/** A file on another machine, and no means to fetch it. */
export const remoteFileUnsupported: DiagnosticFactory<[reference: string, at: SourceSpan | undefined]> =
  defineDiagnostic({
    code: 'remote-file-unsupported',
    about:
      'The file is in a git repository or a registry, and the program that loads the project fetches none. The `topsail` command does; a program passes a RemoteSource to its reader.',
    write: (reference, at) => ({
      message: `${reference} is a remote compose file, which is not fetched here`,
      at,
      hint: 'fetch it and name the local copy',
    }),
  });

/** A remote reference that nothing can be made of. */
export const remoteReferenceInvalid: DiagnosticFactory<[reference: string, problem: string, hint?: string]> =
  defineDiagnostic({
    code: 'remote-reference-invalid',
    about:
      'The reference to a remote compose file is malformed. The forms are `https://host/repository.git#revision:path`, `ssh://…`, `git://…`, `user@host:repository.git#…`, `github.com/owner/repository#…` and `oci://registry/name:tag`.',
    write: (reference, problem, hint) => ({ message: `invalid remote file ${reference}: ${problem}`, hint }),
  });

/** A kind of remote file that the environment switches off. */
export const remoteFileDisabled: DiagnosticFactory<[reference: string, variable: string]> = defineDiagnostic({
  code: 'remote-file-disabled',
  about: 'COMPOSE_EXPERIMENTAL_GIT_REMOTE or COMPOSE_EXPERIMENTAL_OCI_REMOTE is set to false.',
  write: (reference, variable) => ({
    message: `cannot fetch ${reference}: remote files of this kind are disabled by ${variable}`,
    hint: `unset ${variable}`,
  }),
});

/** git is not installed. */
export const gitMissing: DiagnosticFactory<[reference: string]> = defineDiagnostic({
  code: 'git-missing',
  about: 'Compose files in git repositories are fetched with the `git` command, which is not installed or not in PATH.',
  write: (reference) => ({ message: `cannot fetch ${reference}: there is no git command`, hint: 'install git' }),
});

/** The other machine did not give the files. */
export const remoteFetchFailed: DiagnosticFactory<[reference: string, problem: string, hint?: string]> =
  defineDiagnostic({
    code: 'remote-fetch-failed',
    about:
      'The repository or registry could not be reached, wants a login, does not have what the reference names, or the files could not be stored.',
    write: (reference, problem, hint) => ({ message: `cannot fetch ${reference}: ${problem}`, hint }),
  });

/** The repository has no compose file there. */
export const remoteFileNotFound: DiagnosticFactory<[reference: string, problem: string]> = defineDiagnostic({
  code: 'remote-file-not-found',
  about: 'The repository was fetched, but has no compose file at the path after `#revision:`.',
  write: (reference, problem) => ({
    message: `no compose file in ${reference}: ${problem}`,
    hint: 'name the path of a folder or a file after #revision:',
  }),
});

/** What the registry has is no compose project. */
export const remoteArtifactInvalid: DiagnosticFactory<[reference: string, problem: string]> = defineDiagnostic({
  code: 'remote-artifact-invalid',
  about: 'The registry has something of that name, but it is no compose project as `docker compose publish` makes it.',
  write: (reference, problem) => ({ message: `${reference} is no compose project: ${problem}` }),
});

/** The registry does not give the digest of an image. */
export const imageDigestUnknown: DiagnosticFactory<[service: string, image: string, problem: string]> =
  defineDiagnostic({
    code: 'image-digest-unknown',
    about:
      'With `--resolve-image-digests` or `--lock-image-digests` the registry of every image is asked for its digest.',
    write: (service, image, problem) => ({
      message: `service "${service}": cannot resolve the digest of image ${image}: ${problem}`,
      path: `services.${service}.image`,
    }),
  });
