import type { TopsailError } from '../diagnostics/topsail-error.ts';
import { ExecutionFailure } from './execution-failure.ts';

/** What lies below the message of an error, line by line; of an execution every failure is told, the first one first. */
export function failureLines(error: TopsailError): readonly string[] {
  if (!(error instanceof ExecutionFailure)) return [...error.details, ...causeLines(error)];
  return error.result.errors.flatMap((failure, index) => {
    const title = index === 0 ? [] : [`also: ${failure.message}`];
    const indent = index === 0 ? '' : '  ';
    return [...title, ...[...failure.details, ...causeLines(failure)].map((line) => indent + line)];
  });
}

/** What is below an error, as long as each cause says something new. */
function causeLines(error: TopsailError): readonly string[] {
  const lines: string[] = [];
  let said = [error.message, ...error.details].join('\n');
  for (let cause = error.cause; cause instanceof Error && lines.length < 8; cause = cause.cause) {
    if (said.includes(cause.message)) continue;
    lines.push(`caused by: ${cause.message}`);
    said += cause.message;
  }
  return lines;
}
