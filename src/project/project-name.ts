/** What a project name consists of, in the words of the error. */
export const PROJECT_NAME_RULE =
  'must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number';

/** Makes a project name out of any text (spec-facts 9.3); empty when nothing is left. */
export function normalizeProjectName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
