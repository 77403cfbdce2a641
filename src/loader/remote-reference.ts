/** Whether a file reference means a git repository or a registry artefact rather than a local path (spec-facts 14.15). */
export function isRemoteReference(reference: string): boolean {
  return /^(?:oci:\/\/|git@|(?:https?|git|ssh):\/\/|github\.com\/)/.test(reference);
}
