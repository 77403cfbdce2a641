import { hookFailed } from '../operation-failures.ts';
import type { OperationHandler } from '../operation-handler.ts';
import { createOutputTail } from '../output-tail.ts';

/** `POST /containers/{id}/exec`: runs a hook in a container to its end. Each line of its output is told as progress. */
export const runHook: OperationHandler<'run-hook'> = {
  lane: 'none',
  run: async ({ service, container, moment, index, request }, { engine, signal, resolve, progress }) => {
    const id = resolve(container);
    const session = await engine.containers.exec(id, request, { signal });
    const output = createOutputTail((text) => progress({ text }));
    try {
      for await (const chunk of session.output) output.take(chunk);
      output.end();
      const code = await session.exitCode({ signal });
      if (code !== 0) {
        const exit = `${service} hook exited with status ${code}`;
        throw hookFailed({}, exit, `${moment}[${index}] of ${container.name}`, output.last());
      }
    } finally {
      session.close();
    }
    return { changed: true, id };
  },
};
