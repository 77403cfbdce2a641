const farthest = 2;

/** Edits between two words (insert, delete, replace, swap of neighbours), or more than `limit` as soon as that is clear. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? limit + 1;
}

/** Whether two words have so many letters of their own that no few edits make one of the other. */
function areUnlike(left: number, right: number): boolean {
  let own = 0;
  for (let bits = left ^ right; bits !== 0; bits &= bits - 1) own += 1;
  return own > 2 * farthest;
}

/** Which letters a word holds, as bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let index = 0; index < word.length; index += 1) letters |= 1 << (word.charCodeAt(index) & 31);
  return letters;
}

/**
 * The candidate a mistyped word most likely means: at most two edits away, fewer for short words (`a` is no `db`), the
 * nearest first, then the first in order. Case and `-` against `_` weigh nothing.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  const plain = (text: string): string => text.toLowerCase().replaceAll('-', '_');
  const wanted = plain(word);
  const letters = lettersOf(wanted);
  let best: string | undefined;
  let bestDistance = Math.min(farthest, Math.floor(word.length / 2)) + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    if (Math.abs(candidate.length - word.length) > farthest) continue;
    const other = plain(candidate);
    if (areUnlike(letters, lettersOf(other))) continue;
    const distance = editDistance(wanted, other, farthest);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
