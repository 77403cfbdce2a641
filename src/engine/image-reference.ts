/** An image, or another artefact of a registry, by its full name. */
export interface ImageReference {
  /** Host of the registry with its port if it has one: `docker.io`, `127.0.0.1:5000`. */
  readonly registry: string;
  /** `library/nginx`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest?: string;
}

const host =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const longestName = 255;
/** Nothing longer can be a name, tag and digest; longer texts are not looked at. */
const longestReference = 1024;

/** Whether a text is a digest that can be checked: sha256 or sha512, in small hexadecimal digits. */
export function isDigest(text: string): boolean {
  return digestForm.test(text);
}

/**
 * Reads an image reference as Docker clients do: `nginx` is `docker.io/library/nginx:latest`, and with a digest the tag
 * says nothing more and is left out. Otherwise the answer is what is wrong with it.
 */
export function parseImageReference(text: string): ImageReference | { readonly problem: string } {
  if (text.length > longestReference) return bad('it is too long');
  const [name = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest(digest))) return bad('its digest is not valid');
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  const tag = tagged ? name.slice(colon + 1) : undefined;
  if (tag !== undefined && !tagForm.test(tag)) return bad(`${JSON.stringify(tag)} is no tag`);
  const place = splitName(tagged ? name.slice(0, colon) : name);
  if (place === undefined) return bad(undefined);
  const { registry, repository } = place;
  if (repository.toLowerCase() !== repository) return bad(`repository name (${repository}) must be lowercase`);
  if (!host.test(registry) || !repository.split('/').every((part) => component.test(part))) return bad(undefined);
  if (registry.length + 1 + repository.length > longestName) {
    return bad(`repository name must not be more than ${longestName} characters`);
  }
  return { registry, repository, ...(digest === undefined ? { tag: tag ?? 'latest' } : { digest }) };
}

function bad(detail: string | undefined): { readonly problem: string } {
  return { problem: `invalid reference format${detail === undefined ? '' : `: ${detail}`}` };
}

/** The first part names a registry if it looks like a host; without one the image is of Docker Hub. */
function splitName(name: string): { readonly registry: string; readonly repository: string } | undefined {
  if (name === '' || /^[0-9a-f]{64}$/.test(name)) return undefined;
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const named = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
  const registry = named ? first : 'docker.io';
  const repository = named ? name.slice(slash + 1) : name;
  if (registry !== 'docker.io' && registry !== 'index.docker.io') return { registry, repository };
  return { registry: 'docker.io', repository: repository.includes('/') ? repository : `library/${repository}` };
}

/** The reference in full: `docker.io/library/nginx:alpine@sha256:…`. */
export function imageReferenceText({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
