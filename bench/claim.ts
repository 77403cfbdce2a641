import type { Figures } from './measure.ts';

/** One line of the report: a claim, its figures and whether they keep it. */
export interface Claim {
  readonly title: string;
  readonly figures: readonly Figures[];
  /** Ours divided by the rival's, or by what is allowed. */
  readonly ratio: number;
  readonly limit: number;
}

/** Claims that the first of two takes at most `limit` times as long as the second, and prints it. */
export function claim(title: string, limit: number, figures: readonly Figures[]): Claim {
  const [ours, rival] = figures;
  return printed({
    title,
    figures,
    limit,
    ratio: (ours?.milliseconds ?? Number.NaN) / (rival?.milliseconds ?? Number.NaN),
  });
}

/** Claims that a process stays below so many bytes at its peak, and prints it. */
export function claimMemory(title: string, mostBytes: number, figures: Figures): Claim {
  return printed({ title, figures: [figures], limit: 1, ratio: figures.peakBytes / mostBytes });
}

function printed(claimed: Claim): Claim {
  const { title, figures, ratio, limit } = claimed;
  process.stdout.write(
    `${ratio <= limit ? 'kept  ' : 'BROKEN'} ${title}: ${ratio.toFixed(2)} (at most ${Number(limit.toFixed(2))})\n`,
  );
  for (const one of figures) {
    const memory = one.peakBytes === 0 ? '' : `, ${(one.peakBytes / 1e6).toFixed(0)} MB`;
    process.stdout.write(
      `         ${one.name.padEnd(16)} ${one.milliseconds.toFixed(0)} ms (${one.fastest.toFixed(0)}-${one.slowest.toFixed(0)}${memory})\n`,
    );
  }
  return claimed;
}
