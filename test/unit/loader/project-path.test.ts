import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProjectPath, spellProjectPath } from '../../../src/loader/project-path.ts';
import type { JsonValue } from '../../../src/project/project.ts';

const project: JsonValue = {
  name: 'n',
  services: {
    web: {
      image: 'x',
      ports: [{ target: 80 }, { target: 90 }],
      labels: {
        'com.example.team': 'red',
        'com.example': 'short',
        com: 'shorter',
        'a b': '1',
        'x[0]': '2',
        '"q"': '3',
      },
    },
    'my.service': { image: 'y' },
    '': { image: 'unnamed' },
  },
};

describe('findProjectPath', () => {
  it.each([
    ['name', ['name']],
    ['services.web.image', ['services', 'web', 'image']],
    ['services.web.ports[1].target', ['services', 'web', 'ports', '1', 'target']],
    ['services.web.ports.1.target', ['services', 'web', 'ports', '1', 'target']],
    ['services.web.labels.com.example.team', ['services', 'web', 'labels', 'com.example.team']],
    ['services.web.labels.com.example', ['services', 'web', 'labels', 'com.example']],
    ['services.web.labels.com', ['services', 'web', 'labels', 'com']],
    ['services.my.service.image', ['services', 'my.service', 'image']],
    ['services."my.service".image', ['services', 'my.service', 'image']],
    ['services["my.service"].image', ['services', 'my.service', 'image']],
    ['services.web.labels.a b', ['services', 'web', 'labels', 'a b']],
    ['services.web.labels."\\"q\\""', ['services', 'web', 'labels', '"q"']],
    ['', []],
  ])('follows %s', (text, path) => {
    expect(findProjectPath(project, text)).toEqual({ found: true, path });
  });

  it.each([
    ['service.web', [], 'service', '.web', ['name', 'services']],
    ['services.web.port[1]', ['services', 'web'], 'port', '[1]', ['image', 'ports', 'labels']],
    ['services.web.ports[2]', ['services', 'web', 'ports'], '2', '', 2],
    ['services.web.ports.first', ['services', 'web', 'ports'], 'first', '', 2],
    ['name.x', ['name'], 'x', '', []],
    ['services.web.__proto__', ['services', 'web'], '__proto__', '', ['image', 'ports', 'labels']],
  ])('says where %s ends', (text, path, missing, rest, known) => {
    expect(findProjectPath(project, text)).toEqual({ found: false, path, missing, rest, known });
  });

  it('finds every path as it is spelled', () => {
    const key = fc.oneof(fc.constantFrom('a', 'a.b', 'b', '0', '[0]', '"', '\\', ' ', '__proto__'), fc.string());
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constant(1),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((members) => Object.fromEntries(members)),
      ),
    }));
    fc.assert(
      fc.property(value, (tree) => {
        for (const path of pathsOf(tree)) {
          expect(findProjectPath(tree, spellProjectPath(tree, path))).toEqual({ found: true, path });
        }
      }),
    );
  });
});

function pathsOf(value: JsonValue, above: readonly string[] = []): readonly (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [above];
  return [above, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...above, key]))];
}
