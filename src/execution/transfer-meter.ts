import type { TransferProgress } from '../engine/resource.ts';
import type { StepProgress } from './operation-handler.ts';

/** Sums the layers of one pull or push up. */
export interface TransferMeter {
  /** Takes a line in and gives how the whole stands, if that is worth saying now. */
  readonly read: (line: TransferProgress) => StepProgress | undefined;
}

interface Layer {
  readonly current: number;
  readonly total: number;
  readonly phase: 'moving' | 'moved' | 'unpacking' | 'done';
}

/** Milliseconds between two sums. */
const shortestPause = 250;

/** Engine words that say that a layer was there already, so that none of it counts. */
const present = /^(?:already exists|layer already exists|mounted from )/i;

/** A meter for one transfer. Rates are over the time since its first byte. `now`: milliseconds since the epoch. */
export function createTransferMeter(now: () => number): TransferMeter {
  const layers = new Map<string, Layer>();
  let beganAt: number | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;
  return {
    read: (line) => {
      if (line.id === undefined || present.test(line.status)) return undefined;
      if (/^retrying\b/i.test(line.status)) return { text: line.status };
      const layer = layerAfter(layers.get(line.id), line);
      if (layer === undefined) return undefined;
      layers.set(line.id, layer);
      const at = now();
      beganAt ??= at;
      const complete = [...layers.values()].every(({ phase }) => phase === 'done');
      if (at - saidAt < shortestPause && !complete) return undefined;
      saidAt = at;
      return sumOf([...layers.values()], at - beganAt, isPush(line));
    },
  };
}

function layerAfter(layer: Layer | undefined, { status, progressDetail }: TransferProgress): Layer | undefined {
  const { current, total } = progressDetail ?? {};
  if (/^(?:downloading|pushing)\b/i.test(status)) {
    const whole = Math.max(total ?? 0, layer?.total ?? 0);
    const sent = Math.max(current ?? 0, layer?.current ?? 0);
    // What is sent is counted packed by some engines and unpacked by others.
    return { current: whole > 0 ? Math.min(sent, whole) : sent, total: whole, phase: 'moving' };
  }
  if (layer === undefined) return undefined;
  const all = { current: Math.max(layer.total, layer.current), total: Math.max(layer.total, layer.current) };
  if (/^(?:verifying checksum|download complete)/i.test(status)) return { ...all, phase: 'moved' };
  if (/^extracting\b/i.test(status)) return { ...all, phase: 'unpacking' };
  return /^(?:pull complete|pushed)\b/i.test(status) ? { ...all, phase: 'done' } : layer;
}

function isPush({ status }: TransferProgress): boolean {
  return /^push/i.test(status);
}

function sumOf(layers: readonly Layer[], elapsed: number, push: boolean): StepProgress {
  const sum = (pick: (layer: Layer) => number): number => layers.reduce((total, layer) => total + pick(layer), 0);
  const current = sum((layer) => layer.current);
  const moving = layers.some(({ phase }) => phase === 'moving');
  return {
    text: push ? 'Pushing' : moving ? 'Downloading' : 'Extracting',
    current,
    total: Math.max(
      current,
      sum((layer) => layer.total),
    ),
    ...(moving && elapsed > 0 ? { rate: Math.round((current * 1000) / elapsed) } : {}),
  };
}
