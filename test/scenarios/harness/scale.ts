/** Whether scenarios run at the size that they speak of in the end: `TOPSAIL_SCALE=full`, which takes minutes. */
export const isFullScale: boolean = process.env['TOPSAIL_SCALE'] === 'full';

/** How long a test may take, in milliseconds, at either size. */
export const scaleTimeout: number = isFullScale ? 1_800_000 : 120_000;

/** What is said with the figures in a run at full size. */
export function tellFigure(text: string): void {
  if (isFullScale) process.stderr.write(`${text}\n`);
}

/** The middle one of some figures. */
export function middleOf(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
