import { describe, expect, it } from 'vitest';
import { failureCatalogue } from '../../../src/execution/failure-catalogue.ts';

describe('failureCatalogue', () => {
  it('has every code once, in kebab-case, with a sentence about it', () => {
    const codes = failureCatalogue.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, about } of failureCatalogue) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(about).toMatch(/^[A-Z].*\.$/);
    }
  });
});
