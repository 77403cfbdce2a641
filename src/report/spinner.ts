import ora from 'ora';

/** A spinner for one single wait, such as for the engine to answer. */
export interface Spinner {
  /** Takes it off the terminal. */
  readonly stop: () => void;
}

/** Starts a spinner on a terminal. Keys stay what they are: Ctrl-C must reach the command. */
export function startSpinner(text: string, stream: NodeJS.WritableStream): Spinner {
  const spinner = ora({ text, stream, discardStdin: false, hideCursor: false }).start();
  return {
    stop: () => {
      spinner.stop();
    },
  };
}
