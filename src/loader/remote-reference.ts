/**
 * Whether a file reference means a git repository or a registry artefact rather than a local path (spec-facts 14.15):
 * an URL, `user@host:path`, or a repository of github.com.
 */
export function isRemoteReference(reference: string): boolean {
  return /^(?:oci:\/\/|(?:https?|git|ssh):\/\/|github\.com\/|\w[\w-]*@\w[\w.-]*:)/.test(reference);
}
