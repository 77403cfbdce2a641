import { defineFailure, type FailureFactory } from './define-failure.ts';

/** A pull did not bring the image, or it is not on the engine. */
export const imageMissing: FailureFactory<[who: string, reference: string, reason: string]> = defineFailure({
  code: 'image-missing',
  about:
    'The image is not on the engine and no registry gave it: a wrong name or tag, no access, or no network. Check `image`, and log in if the image is private.',
  write: (who, reference, reason) => ({ message: `${who} has no image ${reference}: ${reason}` }),
});

/** A registry does not let the user at an image. */
export const imageAccessDenied: FailureFactory<
  [who: string, deed: 'pull' | 'push', reference: string, reason: string, registry: string]
> = defineFailure({
  code: 'image-access-denied',
  about:
    'The registry wants a login, or refuses the one that the Docker client configuration has. Log in with `docker login REGISTRY` or a credential helper; the login must be allowed to use the repository.',
  write: (who, deed, reference, reason, registry) => ({
    message: `${who} may not ${deed} ${reference}: ${reason}`,
    details: [`log in with: docker login${registry === 'docker.io' ? '' : ` ${registry}`}`],
  }),
});

/** A pull or a push broke off. */
export const imageTransferFailed: FailureFactory<
  [who: string, deed: 'pull' | 'push', reference: string, reason: string]
> = defineFailure({
  code: 'image-transfer-failed',
  about:
    'An image could not be moved between the engine and its registry. Faults that may pass, such as a broken connection, are tried three times. The same command goes on with the layers that are there already.',
  origin: 'engine',
  write: (who, deed, reference, reason) => ({ message: `${who} could not ${deed} ${reference}: ${reason}` }),
});

/** A host port belongs to somebody else. */
export const portTaken: FailureFactory<[service: string, port: number, holder: string | undefined]> = defineFailure({
  code: 'port-taken',
  about:
    'A published port is used by another container or by another program of the machine. Stop that one, or publish another port.',
  write: (service, port, holder) => ({
    message: `service "${service}" cannot publish port ${port}: ${holder === undefined ? 'another program of the machine uses it' : `${holder} uses it`}`,
  }),
});

/** The folder or file of a bind mount is not there. */
export const mountSourceMissing: FailureFactory<[service: string, path: string]> = defineFailure({
  code: 'mount-source-missing',
  about:
    'A bind mount in long form names a path that the machine of the engine does not have. Create it, correct the path, or set `bind.create_host_path: true`.',
  write: (service, path) => ({
    message: `service "${service}" mounts ${path}, which does not exist on the machine of the engine`,
  }),
});

/** Another container or network has the name. */
export const nameConflict: FailureFactory<[who: string, name: string, holder: string]> = defineFailure({
  code: 'name-conflict',
  about:
    'The engine has something else under the name that the project needs. Remove or rename it, or choose another `container_name`, `name` or project name.',
  write: (who, name, holder) => ({ message: `${who} cannot be called ${name}: ${holder} has that name` }),
});

/** No subnet for a network. */
export const subnetTaken: FailureFactory<[network: string, reason: string, networks: number]> = defineFailure({
  code: 'subnet-taken',
  about:
    'The engine has no free subnet for a network, or the one in the file overlaps with another network. Remove networks that nobody uses, or choose another `ipam` subnet.',
  write: (network, reason, networks) => ({
    message: `network ${network} got no subnet: ${reason}`,
    details: [`the engine has ${networks} networks`],
  }),
});

/** The program that provides a service failed. */
export const providerFailed: FailureFactory<[service: string, type: string, reason: string]> = defineFailure({
  code: 'provider-failed',
  about:
    'A service with `provider` is provided by a program of that name, which is not there, refuses its options, failed, or said what cannot be understood. Its own sentence is shown.',
  write: (service, type, reason) => ({ message: `service "${service}": provider ${type}: ${reason}` }),
});

/** A model could not be served. */
export const modelFailed: FailureFactory<[key: string, model: string, reason: string]> = defineFailure({
  code: 'model-failed',
  about: 'A model could not be fetched or set up by the plugin `docker model`. Its own sentence is shown.',
  write: (key, model, reason) => ({ message: `model "${key}" (${model}): ${reason}` }),
});

/** The engine refused an operation for a reason that has no code of its own. */
export const operationFailed: FailureFactory<[who: string, deed: string, reason: string]> = defineFailure({
  code: 'operation-failed',
  about: "The engine refused an operation. Its own sentence is shown behind the service's name.",
  origin: 'engine',
  write: (who, deed, reason) => ({ message: `${who} could not be ${deed}: ${reason}` }),
});

/** The engine does not answer any more. */
export const engineLost: FailureFactory<
  [endpoint: string, during: string, done: readonly string[], open: readonly string[]]
> = defineFailure({
  code: 'engine-lost',
  about:
    'The engine stopped answering while a plan was being executed. What was done and what was not is shown; the same command goes on from there.',
  origin: 'engine',
  write: (endpoint, during, done, open) => ({
    message: `the engine at ${endpoint} stopped answering at ${during}`,
    details: [`done: ${listWords(done)}`, `not done: ${listWords(open)}`],
  }),
});

/** A hook's command failed. */
export const hookFailed: FailureFactory<[exit: string, where: string, output: readonly string[]]> = defineFailure({
  code: 'hook-failed',
  about:
    'A command of `pre_start`, `post_start` or `pre_stop` exited with another code than 0. Its last output is shown; what comes after it is not carried out.',
  origin: 'engine',
  write: (exit, where, output) => {
    const last = output.at(-1);
    return {
      message: last === undefined ? exit : `${exit}: ${last}`,
      details: [where, ...output.map((line) => `  ${line}`)],
    };
  },
});

/** The plan refers to a container that neither it nor the engine has. */
export const noContainer: FailureFactory<[node: string, name: string]> = defineFailure({
  code: 'no-container',
  about: 'A plan refers to a container that does not exist. This is a fault of Topsail; please report it.',
  origin: 'internal',
  write: (node, name) => ({ message: `${node} needs container ${name}, which nothing has created` }),
});

const longestList = 20;

function listWords(nodes: readonly string[]): string {
  if (nodes.length === 0) return 'nothing';
  const rest = nodes.length - longestList;
  return `${nodes.slice(0, longestList).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
