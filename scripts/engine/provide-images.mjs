import { Readable } from 'node:stream';
import { engineJson, engineRequest } from './engine-request.mjs';
import { busyboxImage, nodeImage } from './local-image.mjs';
import { packTar } from './tar-archive.mjs';

const pullSilenceSeconds = 30;

/** The images that the sample and the tests use: their official name, and the home-made stand-in. */
const catalogue = {
  busybox: { official: 'busybox:latest', repository: 'topsail-local/busybox', tag: 'latest', make: busyboxImage },
  node: {
    official: 'node:20-alpine',
    repository: 'topsail-local/node',
    tag: process.versions.node.split('.', 1)[0],
    make: nodeImage,
  },
};

/**
 * Makes sure the engine has an image: one that is present is used, else pulled, else made from what this machine has. A
 * home-made image keeps a name of its own, because the engine may not be ours.
 * @param {import('./engine-request.mjs').Endpoint} endpoint
 * @param {'busybox' | 'node'} name
 * @returns {Promise<string>} the reference to use
 */
export async function provideImage(endpoint, name) {
  const { official, repository, tag, make } = catalogue[name];
  const local = `${repository}:${tag}`;
  for (const reference of [official, local]) {
    if ((await engineJson(endpoint, `/images/${encodeURIComponent(reference)}/json`)) !== undefined) return reference;
  }
  const refusal = await pull(endpoint, official);
  if (refusal === undefined) return official;
  console.log(`Making ${local} from this machine's programs, because ${official} cannot be pulled: ${refusal}`);
  await importImage(endpoint, repository, tag, await make());
  return local;
}

/** Pulls an image. Resolves to why it failed, in one line, or to undefined. */
async function pull(endpoint, reference) {
  const [image = reference, tag = 'latest'] = reference.split(':');
  console.log(`Pulling ${reference}`);
  try {
    const query = new URLSearchParams({ fromImage: image, tag });
    const { status, text } = await engineRequest(endpoint, 'POST', `/images/create?${query}`, {
      idleSeconds: pullSilenceSeconds,
    });
    const failure = status === 200 ? lastError(text) : JSON.parse(text).message;
    return failure?.split('\n', 1)[0];
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A pull answers 200 at once and reports its failure as one of its progress lines. */
function lastError(text) {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line).error)
    .findLast((error) => error !== undefined);
}

async function importImage(endpoint, repository, tag, { entries, changes }) {
  // Podman takes no notice of a tag beside the repository.
  const query = new URLSearchParams({ fromSrc: '-', repo: `${repository}:${tag}` });
  for (const change of changes) query.append('changes', change);
  const body = Readable.from(packTar(entries), { objectMode: false });
  const { status, text } = await engineRequest(endpoint, 'POST', `/images/create?${query}`, { body, idleSeconds: 120 });
  const failure = status === 200 ? lastError(text) : text;
  if (failure !== undefined) throw new Error(`${repository}:${tag} could not be imported: ${failure}`);
}
