import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { EventSink } from '../events/event.ts';
import { createEventStamp } from '../events/event-stamp.ts';
import type { ComposePorts } from './ports.ts';

/** Tells findings that refuse nothing as events. */
export function tellWarnings(
  { clock }: Pick<ComposePorts, 'clock'>,
  warnings: readonly Diagnostic[],
  onEvent: EventSink | undefined,
): void {
  if (onEvent === undefined) return;
  const emit = createEventStamp(() => clock.now(), onEvent);
  for (const diagnostic of warnings) emit({ type: 'diagnostic', diagnostic });
}
