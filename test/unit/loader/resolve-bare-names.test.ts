import { describe, expect, it } from 'vitest';
import { projectOf, serviceOf } from '../../fakes/load-compose.ts';

const request = { environment: { SET: 'value', TOP: 'top' } };

describe('names without value', () => {
  it('take the value of the project environment, in both forms', async () => {
    const list = 'services: {a: {image: x, environment: [SET, UNSET, OWN=1]}}';
    const mapping = 'services: {a: {image: x, environment: {SET: , UNSET: , OWN: 1}}}';
    for (const text of [list, mapping]) {
      expect((await serviceOf(text, { request })).environment).toEqual({ SET: 'value', UNSET: null, OWN: '1' });
    }
  });

  it('of an included list see the included environment, those of a mapping only the project', async () => {
    const files = {
      'compose.yaml': 'include: [sub/c.yaml]',
      'sub/c.yaml': 'services: {l: {image: x, environment: [IN]}, m: {image: x, environment: {IN: }}}',
      'sub/.env': 'IN=included',
    };
    const { services } = await projectOf(files, { request });
    expect([services['l']?.environment?.['IN'], services['m']?.environment?.['IN']]).toEqual(['included', null]);
  });

  it('take values literally', async () => {
    const environment = { SET: '$TOP ${TOP}' };
    const text = 'services: {a: {image: x, environment: [SET]}}';
    expect((await serviceOf(text, { request: { environment } })).environment).toEqual({ SET: '$TOP ${TOP}' });
  });
});
