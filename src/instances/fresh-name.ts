import { randomInt } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstvwxyz';
const characters = `${letters}23456789`;

/** Long enough that a thousand copies of one project hardly ever meet. */
const length = 6;

/** A name for a copy that nobody else has, such as `k7mq2x`. */
export function freshInstanceName(): string {
  const rest = Array.from({ length: length - 1 }, () => characters.charAt(randomInt(characters.length)));
  return `${letters.charAt(randomInt(letters.length))}${rest.join('')}`;
}
