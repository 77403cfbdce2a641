import { BuildError } from '../../engine/build-error.ts';
import type { BuildNews } from '../../engine/builder.ts';
import { builderMissing, buildFailed, buildRefused } from '../build-failures.ts';
import type { OperationHandler } from '../operation-handler.ts';

/** So much of what the failing step wrote is told with the error. */
const lastLines = 20;

/** Builds one image, with news of every step. Changed if the reference names another image than before. */
export const buildImage: OperationHandler<'build-image'> = {
  lane: 'pull',
  run: async ({ reference, services, request, previousId }, { builder, signal, tell }) => {
    const who =
      services.length === 0 ? `image ${reference}` : `service ${services.map((name) => `"${name}"`).join(', ')}`;
    if (builder === undefined) throw builderMissing({}, who);
    const failing = createFailingStep();
    try {
      const onNews = (news: BuildNews): void => {
        failing.note(news);
        tell(news);
      };
      const { id, digest } = await builder.build(request, onNews, { signal });
      return { changed: id !== previousId, id, ...(digest === undefined ? {} : { digest }) };
    } catch (error) {
      if (signal.aborted || !(error instanceof BuildError)) throw error;
      if (error.kind === 'refused') throw buildRefused({ cause: error }, who, error.message);
      throw buildFailed({ cause: error }, who, error.message, error.location, failing.find());
    }
  },
};

/** Without colours and other sequences for a terminal. */
function plainText(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with one.
  return line.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').trimEnd();
}

/** Keeps the last lines of every step, to tell those of the one that fails. */
function createFailingStep(): {
  readonly note: (news: BuildNews) => void;
  readonly find: () => { readonly name: string; readonly output: readonly string[] } | undefined;
} {
  const output = new Map<string, string>();
  let failed: { readonly step: string; readonly name: string } | undefined;
  return {
    note: (news) => {
      if (news.kind === 'output') {
        const text = (output.get(news.step) ?? '') + news.text;
        output.set(
          news.step,
          text
            .split('\n')
            .slice(-lastLines - 1)
            .join('\n'),
        );
      }
      if (news.kind === 'step' && news.state === 'failed') failed = { step: news.step, name: news.name };
      if (news.kind === 'step' && news.state === 'done') output.delete(news.step);
    },
    find: () =>
      failed === undefined
        ? undefined
        : {
            name: failed.name,
            output: (output.get(failed.step) ?? '')
              .split('\n')
              .map(plainText)
              .filter((line) => line !== ''),
          },
  };
}
