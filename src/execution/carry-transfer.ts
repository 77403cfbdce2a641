import { isTopsailError } from '../diagnostics/topsail-error.ts';
import type { TransferProgress } from '../engine/resource.ts';
import { isConnectionFault } from './engine-liveness.ts';
import type { Step, StepProgress } from './operation-handler.ts';
import { retryTransfer } from './retry-transfer.ts';
import { transferFailure } from './transfer-failure.ts';
import { createTransferMeter } from './transfer-meter.ts';

/** A pull or a push. */
export interface Transfer {
  readonly deed: 'pull' | 'push';
  readonly reference: string;
  /** For whom: the error of a failure names them. */
  readonly services: readonly string[];
  /** A failure of one that is not required is a warning. */
  readonly required: boolean;
  /** Begins an attempt. */
  readonly open: () => AsyncIterable<TransferProgress>;
}

/** What a transfer came to: whether it took place, and the digest that the registry knows the image by. */
export interface TransferOutcome {
  readonly done: boolean;
  readonly digest: string | undefined;
}

/**
 * Moves an image between engine and registry, with news of every layer and of the whole, and with further attempts where the fault
 * may pass. Throws what {@link transferFailure} makes of a refusal.
 */
export async function carryTransfer(transfer: Transfer, step: Step): Promise<TransferOutcome> {
  const { deed, reference, services } = transfer;
  let digest: string | undefined;
  try {
    await retryTransfer(step, `${deed} of ${reference}`, async () => {
      const meter = createTransferMeter(() => step.clock.now());
      for await (const line of transfer.open()) {
        digest = line.digest ?? digest;
        if (line.status.startsWith('WARNING: ')) step.warn(line.status.slice('WARNING: '.length));
        else if (line.status !== '') step.progress(newsOf(line));
        const whole = meter.read(line);
        if (whole !== undefined) step.progress(whole);
      }
    });
    return { done: true, digest };
  } catch (error) {
    if (step.signal.aborted || isConnectionFault(error) || !isTopsailError(error)) throw error;
    const failure = await transferFailure(error, { deed, reference, who: servicesWords(services) }, step);
    if (transfer.required) throw failure;
    step.warn(failure.message);
    return { done: false, digest: undefined };
  }
}

function newsOf({ id, status, progressDetail }: TransferProgress): StepProgress {
  return {
    text: status,
    ...(progressDetail?.current === undefined ? {} : { current: progressDetail.current }),
    ...(progressDetail?.total === undefined ? {} : { total: progressDetail.total }),
    ...(id === undefined ? {} : { part: id }),
  };
}

function servicesWords(services: readonly string[]): string {
  const names = services.map((service) => `"${service}"`).join(', ');
  return names === '' ? 'the project' : `service ${names}`;
}
