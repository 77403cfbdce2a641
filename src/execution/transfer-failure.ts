import { didYouMean } from '../diagnostics/did-you-mean.ts';
import { isTopsailError, type TopsailError } from '../diagnostics/topsail-error.ts';
import { isEngineError } from '../engine/engine-error.ts';
import { parseImageReference } from '../engine/image-reference.ts';
import { expired, withDeadline } from './deadline.ts';
import { imageAccessDenied, imageMissing, imageTransferFailed } from './operation-failures.ts';
import type { Step } from './operation-handler.ts';

/** What was to be moved, and for whom. */
export interface FailedTransfer {
  readonly deed: 'pull' | 'push';
  readonly reference: string;
  /** Whom the error speaks of: `service "web"`. */
  readonly who: string;
}

/** Milliseconds that a registry may take to tell which tags there are. */
const patience = 3000;
const mostTags = 5;

/** The error of a pull or push that the engine or its registry refused: which service, which image, why, and what helps. */
export async function transferFailure(
  error: TopsailError,
  { deed, reference, who }: FailedTransfer,
  step: Pick<Step, 'registry' | 'clock' | 'signal'>,
): Promise<TopsailError> {
  const reason = firstLine(error.message);
  if (!isEngineError(error)) return imageTransferFailed({ cause: error }, who, deed, reference, reason);
  switch (error.kind) {
    case 'access-denied':
      return imageAccessDenied({ cause: error }, who, deed, reference, reason, registryOf(reference));
    case 'not-found':
      // What a registry has not is no image of the engine.
      if (deed === 'push' && /unexpected status from/.test(error.message)) {
        return imageTransferFailed({ cause: error }, who, deed, reference, reason);
      }
      if (deed === 'push') return imageMissing({ cause: error }, who, reference, 'it is not on the engine');
      return missingInRegistry(error, { deed, reference, who }, step);
    default:
      return imageTransferFailed({ cause: error }, who, deed, reference, reason);
  }
}

async function missingInRegistry(
  error: TopsailError,
  { reference, who }: FailedTransfer,
  step: Pick<Step, 'registry' | 'clock' | 'signal'>,
): Promise<TopsailError> {
  const parsed = parseImageReference(reference);
  // The last is how engines tell it that keep their images in containerd.
  const known = /manifest unknown|manifest for .* not found|failed to resolve reference .*: not found$/i.test(
    error.message,
  );
  const plain = (): TopsailError => imageMissing({ cause: error }, who, reference, firstLine(error.message));
  if ('problem' in parsed || !known || step.registry === undefined || parsed.tag === undefined) return plain();
  const { registry, repository, tag } = parsed;
  const tags = await knownTags(step, parsed);
  if (tags === undefined) return plain();
  if (tags === 'no-repository') {
    return imageMissing({ cause: error }, who, reference, `${registry} has no repository ${repository}`);
  }
  const details = tags.length === 0 ? [] : [`its tags nearest to that: ${nearestTags(tag, tags).join(', ')}`];
  return imageMissing({ cause: error, details }, who, reference, `${registry} has no tag ${tag} of ${repository}`);
}

/** The tags of a repository; undefined if the registry does not tell. */
async function knownTags(
  { registry, clock, signal }: Pick<Step, 'registry' | 'clock' | 'signal'>,
  reference: Parameters<NonNullable<Step['registry']>['tags']>[0],
): Promise<readonly string[] | 'no-repository' | undefined> {
  try {
    const answer = await withDeadline(clock, patience, signal, async (call) =>
      registry?.tags(reference, { signal: call }),
    );
    return answer === expired ? undefined : answer;
  } catch (fault) {
    if (signal.aborted) throw fault;
    return isTopsailError(fault) && fault.code === 'registry-not-found' ? 'no-repository' : undefined;
  }
}

/** A mistyped tag's likely meaning first, then those that begin alike, then `latest`. */
function nearestTags(wanted: string, tags: readonly string[]): readonly string[] {
  const meant = didYouMean(wanted, tags);
  const alike = tags.toSorted((a, b) => sharedStart(b, wanted) - sharedStart(a, wanted));
  const ranked = [...(meant === undefined ? [] : [meant]), ...alike.filter((tag) => sharedStart(tag, wanted) > 0)];
  const rest = tags.includes('latest') ? ['latest', ...tags] : tags;
  return [...new Set([...ranked, ...rest])].slice(0, mostTags);
}

function sharedStart(tag: string, wanted: string): number {
  let length = 0;
  while (length < tag.length && tag[length] === wanted[length]) length += 1;
  return length;
}

function registryOf(reference: string): string {
  const parsed = parseImageReference(reference);
  return 'problem' in parsed ? reference : parsed.registry;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.trim() ?? message;
}
