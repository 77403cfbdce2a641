import { expect, it } from 'vitest';
import { errorsOf, serviceOf } from './load-compose.ts';

/** Attributes of a service in flow style, what they become, and top-level sections they need. */
export type CanonicalRow = readonly [attributes: string, canonical: object, sections?: string];

/** Attributes of a service in flow style, and the error they cause. */
export type ErrorRow = readonly [attributes: string, error: string];

/** One test per row: the attributes, beside an image, in canonical form. */
export function itReads(rows: readonly CanonicalRow[], given: object = { image: 'x' }): void {
  const image = 'image' in given ? 'image: x, ' : '';
  for (const [attributes, canonical, sections = ''] of rows) {
    it(`reads ${attributes}`, async () => {
      const service = await serviceOf(`services: {a: {${image}${attributes}}}\n${sections}`);
      expect(service).toEqual({ ...given, ...canonical });
    });
  }
}

/** One test per row: the error, with its column counted from the first attribute, which is column 1. */
export function itRefuses(rows: readonly ErrorRow[]): void {
  const lead = 'services: {a: {image: x, ';
  for (const [attributes, error] of rows) {
    it(`refuses ${attributes}`, async () => {
      const errors = await errorsOf(`${lead}${attributes}}}`);
      const shown = errors.map((text) =>
        text.replace(/^1:(\d+)/, (_, column: string) => String(Number(column) - lead.length)),
      );
      expect(shown).toContain(error);
    });
  }
}
