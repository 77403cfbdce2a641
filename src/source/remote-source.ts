/** Compose files that are not on this machine's disk: in git repositories and registries. */
export interface RemoteSource {
  /**
   * Brings the files of a reference to the disk, unless they are there already, and gives the absolute path of its
   * compose file; what belongs to the file lies beside it. Throws one TopsailError that carries the same fault as its
   * single diagnostic; its `code` is one of those in `remote-diagnostics.ts`.
   */
  readonly fetch: (reference: string, options?: { readonly signal?: AbortSignal | undefined }) => Promise<string>;
}
