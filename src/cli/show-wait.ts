import type { Session } from './session.ts';

/** A wait that is over sooner is not worth a picture. */
const patienceMilliseconds = 300;

/** Runs one single wait, with a spinner on a terminal once it takes longer than a moment. */
export async function showWait<Result>(session: Session, text: string, work: Promise<Result>): Promise<Result> {
  if (session.display.format !== 'tty') return work;
  let stop: (() => void) | undefined;
  let over = false;
  const timer = setTimeout(() => {
    void import('../report/spinner.ts').then(({ startSpinner }) => {
      if (!over) stop = startSpinner(text, process.stderr).stop;
    }, ignoreFault);
  }, patienceMilliseconds);
  try {
    return await work;
  } finally {
    over = true;
    clearTimeout(timer);
    stop?.();
  }
}

/** A picture that cannot be shown holds nothing up. */
function ignoreFault(): void {}
