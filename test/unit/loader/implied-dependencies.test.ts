import { expect, it } from 'vitest';
import { addImpliedDependencies } from '../../../src/loader/implied-dependencies.ts';
import { memberOf } from '../../../src/loader/tree/nodes.ts';
import { plain, tree } from '../../fakes/document-tree.ts';

const started = { condition: 'service_started', restart: false, required: true };
const restarting = { condition: 'service_started', restart: true, required: true };

it.each([
  ['links: [b, "c:alias", "d:e:f"]', { b: restarting, c: restarting, 'd:e:f': restarting }],
  ['network_mode: service:b', { b: restarting }],
  ['ipc: service:b, pid: service:c, uts: service:d', { b: restarting, c: restarting, d: restarting }],
  ['volumes_from: ["b:ro", "container:x", c]', { b: started, c: started }],
  ['volumes_from: [b], links: [b]', { b: restarting }],
  [
    'depends_on: {b: {condition: service_healthy}}, links: [b, c]',
    { b: { condition: 'service_healthy' }, c: restarting },
  ],
  ['links: [":alias"], volumes_from: [""]', { '': restarting }],
  ['ipc: shareable, network_mode: host', undefined],
])('reads dependencies out of %s', (attributes, dependencies) => {
  const service = addImpliedDependencies(tree(`{${attributes}}`));
  expect(plain(memberOf(service, 'depends_on'))).toEqual(dependencies);
});
