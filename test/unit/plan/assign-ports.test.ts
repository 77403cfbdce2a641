import { expect, test } from 'vitest';
import { assignPorts } from '../../../src/plan/assign-ports.ts';
import type { Project } from '../../../src/project/project.ts';
import { copyProject } from '../../../src/state/copy-project.ts';
import { projectOf } from '../state/project-of.ts';

const nothing = { ownPorts: new Map(), takenPorts: new Set<number>() };

const shop = projectOf({
  services: {
    db: { ports: [{ target: 5432, published: '5432' }, { target: 9000 }] },
    web: {
      ports: [
        { target: 53, published: '53', protocol: 'tcp' },
        { target: 53, published: '53', protocol: 'udp' },
        { target: 80, published: '8000-8002', host_ip: '127.0.0.1' },
      ],
      extensions: { 'x-topsail': { env: { DB: 'port:db:5432', RAW: 'port:db:9000', DNS: 'port:web:53/udp' } } },
    },
  },
});
const copy = copyProject(shop, { name: 'x' });

function published(project: Project, service: string): readonly (string | undefined)[] {
  return (project.services[service]?.ports ?? []).map((port) => port.published);
}

test('a copy publishes other ports than the file, both protocols and all of a range together', () => {
  const { project, diagnostics } = assignPorts(copy, nothing);
  expect(diagnostics).toEqual([]);
  const [tcp, udp, range] = published(project, 'web');
  expect(tcp).toMatch(/^2\d{4}$/);
  expect(udp).toBe(tcp);
  const [first, last] = String(range).split('-').map(Number);
  expect((last ?? 0) - (first ?? 0)).toBe(2);
  expect(project.services['web']?.ports?.[2]?.host_ip).toBe('127.0.0.1');
  const [db, raw] = published(project, 'db');
  expect(project.services['web']?.environment).toEqual({ DB: db, RAW: raw, DNS: udp });
});

test('what the containers of a copy have is kept, even if the range is another one now', () => {
  const ownPorts = new Map([
    [
      'db',
      new Map([
        ['5432', 31_000],
        [':9000/tcp', 31_001],
      ]),
    ],
  ]);
  expect(published(assignPorts(copy, { ...nothing, ownPorts }).project, 'db')).toEqual(['31000', '31001']);
  const takenPorts = new Set([31_000]);
  expect(published(assignPorts(copy, { ownPorts, takenPorts }).project, 'db')).not.toContain('31000');
});

test('the same names look for the same ports, others for others, and what is taken is passed over', () => {
  const one = published(assignPorts(copy, nothing).project, 'db')[0];
  expect(published(assignPorts(copy, nothing).project, 'db')[0]).toBe(one);
  const next = published(assignPorts(copy, { ...nothing, takenPorts: new Set([Number(one)]) }).project, 'db')[0];
  expect(Number(next)).not.toBe(Number(one));
  expect(published(assignPorts(copyProject(shop, { name: 'y' }), nothing).project, 'db')[0]).not.toBe(one);
});

test('a project itself keeps what it publishes; only an open port that somebody wants to know is assigned', () => {
  const { project } = assignPorts(shop, nothing);
  expect(published(project, 'web')).toEqual(['53', '53', '8000-8002']);
  const [fixed, raw] = published(project, 'db');
  expect(fixed).toBe('5432');
  expect(raw).toMatch(/^2\d{4}$/);
  expect(project.services['web']?.environment).toEqual({ DB: '5432', RAW: raw, DNS: '53' });
});

test('a port that nobody publishes is told with the place of the reference', () => {
  const sketch = { extensions: { 'x-topsail': { env: { A: 'port:db:1', B: 'port:none:1' } } } };
  const { diagnostics } = assignPorts(
    projectOf({ services: { web: sketch, db: { ports: [{ target: 5432 }] } } }),
    nothing,
  );
  expect(diagnostics.map(({ path, message, hint }) => [path, message, hint])).toEqual([
    ['services.web.x-topsail.env.A', 'port 1 is not published by service "db"', 'it publishes 5432'],
    [
      'services.web.x-topsail.env.B',
      'port 1 is not published by service "none"',
      'add the port to services.none.ports',
    ],
  ]);
});

test('a range without a free port is an error that says which', () => {
  const narrow = { ...copy, extensions: { 'x-topsail': { ports: '7000-7001' } } };
  expect(() => assignPorts(narrow, { ...nothing, takenPorts: new Set([7000, 7001]) })).toThrow(
    'service "db" has no host port: none of 7000-7001 is free',
  );
});
