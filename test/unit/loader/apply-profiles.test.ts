import { describe, expect, it } from 'vitest';
import { applyProfiles, requestedProfiles } from '../../../src/loader/apply-profiles.ts';

const service = (...profiles: readonly string[]) => ({ command: null, entrypoint: null, profiles });
const services = { always: service(), dev: service('dev'), both: service('dev', 'test'), test: service('test') };

function enabled(requested: readonly string[], named: readonly string[] = []): readonly string[] {
  return Object.keys(applyProfiles(services, requested, named).enabled);
}

describe('applyProfiles', () => {
  it('enables services without profiles and those with an active one', () => {
    expect(enabled([])).toEqual(['always']);
    expect(enabled(['dev'])).toEqual(['always', 'dev', 'both']);
    expect(enabled(['unknown', 'test'])).toEqual(['always', 'both', 'test']);
    expect(enabled(['*'])).toEqual(['always', 'dev', 'both', 'test']);
  });

  it('activates the profiles of a service that is named, for others too', () => {
    expect(applyProfiles(services, [], ['dev'])).toMatchObject({
      profiles: ['dev'],
      enabled: { always: {}, dev: {}, both: {} },
      disabled: { test: {} },
    });
  });

  it('activates nothing for a service that is enabled anyway', () => {
    expect(applyProfiles(services, ['test'], ['both', 'always', 'unknown']).profiles).toEqual(['test']);
  });
});

describe('the profile without a name', () => {
  it('is asked for by who asks for none, and is not told', () => {
    const nameless = { a: service('') };
    expect(applyProfiles(nameless, requestedProfiles([], {}), [])).toMatchObject({ enabled: { a: {} }, profiles: [] });
    expect(applyProfiles(nameless, requestedProfiles(['dev'], {}), [])).toMatchObject({ disabled: { a: {} } });
    expect(requestedProfiles([], { COMPOSE_PROFILES: 'b,,c' })).toEqual(['b', '', 'c']);
  });
});

describe('requestedProfiles', () => {
  it('prefers flags to the variable, whose entries it trims', () => {
    expect(requestedProfiles(['a'], { COMPOSE_PROFILES: 'b' })).toEqual(['a']);
    expect(requestedProfiles([], { COMPOSE_PROFILES: ' b ,c' })).toEqual(['b', 'c']);
  });
});
