/** A place in a git repository. */
export interface GitReference {
  /** What `git` is given as the repository: an URL, or `user@host:path`. It never begins with `-`. */
  readonly repository: string;
  /** Branch, tag or commit; undefined for the default branch. */
  readonly revision?: string;
  /** Path of a folder or file inside the repository, segments joined by `/`; undefined for its root. */
  readonly path?: string;
}

/** A reference that cannot be used, and why. */
export interface BadReference {
  readonly problem: string;
  readonly hint?: string;
}

const shellStyle = /^(?<user>[\w][\w.-]*)@(?<host>[\w][\w.-]*):(?<path>[^#]+)(?:#(?<fragment>.*))?$/s;
const urlStyle = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\/(?<rest>[^#]+)(?:#(?<fragment>.*))?$/is;
const schemes: ReadonlySet<string> = new Set(['https', 'http', 'ssh', 'git']);

/**
 * Reads `https://host/repository.git#revision:path`, `ssh://…`, `git://…`, `user@host:repository.git#…` and
 * `github.com/owner/repository#…`. What could be taken for an option of git, and paths that leave the repository, are refused.
 */
export function parseGitReference(text: string): GitReference | BadReference {
  const written = text.startsWith('github.com/') ? `https://${text}` : text;
  if (hasControlCharacters(written)) return { problem: 'control characters are not allowed' };
  const place = shellStyle.exec(written)?.groups ?? urlStyle.exec(written)?.groups;
  if (place === undefined) return { problem: 'it is no address of a git repository' };
  const repository = written.split('#', 1)[0] ?? '';
  const fault = place['scheme'] === undefined ? shellFault(place['path'] ?? '') : urlFault(text, repository, place);
  return fault ?? withFragment(repository, place['fragment'] ?? '');
}

function shellFault(path: string): BadReference | undefined {
  if (path.startsWith('//')) return { problem: 'it is no address of a git repository' };
  return path.startsWith('-') ? { problem: 'the path of a repository cannot begin with -' } : undefined;
}

function urlFault(
  written: string,
  repository: string,
  { scheme = '', rest = '' }: Readonly<Record<string, string | undefined>>,
): BadReference | undefined {
  if (!schemes.has(scheme.toLowerCase())) return { problem: `${scheme}:// is not supported for compose files` };
  const url = URL.canParse(repository) ? new URL(repository) : undefined;
  if (url === undefined || url.hostname === '' || url.hostname.startsWith('-') || /^[-/]/.test(rest)) {
    return { problem: 'its host is missing or not valid' };
  }
  const needsSuffix = url.protocol === 'http:' || url.protocol === 'https:';
  if (needsSuffix && !written.startsWith('github.com/') && !repository.endsWith('.git')) {
    return {
      problem: 'the address of a git repository over http or https ends in .git',
      hint: 'write https://host/repository.git, with #revision:path after it; other files are not fetched over http',
    };
  }
  return undefined;
}

function withFragment(repository: string, fragment: string): GitReference | BadReference {
  const colon = fragment.indexOf(':');
  const revision = colon < 0 ? fragment : fragment.slice(0, colon);
  const path = colon < 0 ? '' : fragment.slice(colon + 1);
  if (/^-|\.\.|[\s~^?*[\\]/.test(revision))
    return { problem: `${JSON.stringify(revision)} is no branch, tag or commit` };
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.some(isForbidden)) return { problem: `the path ${JSON.stringify(path)} leads out of the repository` };
  return {
    repository,
    ...(revision === '' ? {} : { revision }),
    ...(segments.length === 0 ? {} : { path: segments.join('/') }),
  };
}

function isForbidden(segment: string): boolean {
  return segment === '..' || segment.toLowerCase() === '.git' || segment.includes('\\');
}

function hasControlCharacters(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** The same text with the password or token of an URL in it replaced by `***`. */
export function withoutPassword(text: string): string {
  return text.replace(/(:\/\/[^/@\s:]*):[^/@\s]*@/g, '$1:***@');
}
