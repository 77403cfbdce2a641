import { expect, test } from 'vitest';
import { assignSubnets } from '../../../src/plan/assign-subnets.ts';
import { overlaps, parseSubnet } from '../../../src/project/ip-subnet.ts';
import type { Project } from '../../../src/project/project.ts';
import { copyProject } from '../../../src/state/copy-project.ts';
import { projectOf } from '../state/project-of.ts';

const nothing = { ownSubnets: new Map(), takenSubnets: [] };

function subnetsOf(project: Project, key: string): readonly (string | undefined)[] {
  return (project.networks[key]?.ipam.config ?? []).map(({ subnet }) => subnet);
}

test('each network of a copy gets a small block, and the project itself none', () => {
  const shop = projectOf({
    services: { web: {}, many: { scale: 100, networks: { wide: null } } },
    networks: { wide: {} },
  });
  const copy = assignSubnets(copyProject(shop, { name: 'x' }), nothing);
  expect(subnetsOf(copy, 'default')[0]).toMatch(/^10\..*\/26$/);
  expect(subnetsOf(copy, 'wide')[0]).toMatch(/^10\..*\/23$/);
  expect(assignSubnets(shop, nothing)).toBe(shop);
});

test('200 copies that see each other have 200 blocks that do not overlap, and none on a route of the machine', () => {
  const shop = projectOf({ services: { web: {} } });
  const taken: string[] = ['10.0.0.0/8', '172.30.0.0/16'];
  for (let index = 0; index < 200; index += 1) {
    const [subnet = ''] = subnetsOf(
      assignSubnets(copyProject(shop, { name: `c${String(index)}` }), { ...nothing, takenSubnets: taken }),
      'default',
    );
    const block = parseSubnet(subnet);
    if (block === undefined) throw new Error(`${subnet} is no block`);
    expect(taken.flatMap((text) => parseSubnet(text) ?? []).some((other) => overlaps(block, other))).toBe(false);
    taken.push(subnet);
  }
});

const fixed = projectOf({
  services: {
    db: { networks: { back: { ipv4_address: '172.28.5.10', ipv6_address: 'fd77::1:5' } } },
    web: { networks: { back: null }, extra_hosts: ['db=172.28.5.10', 'out=8.8.8.8'], dns: ['172.28.5.10'] },
  },
  networks: {
    back: {
      ipam: {
        config: [
          {
            subnet: '172.28.0.0/16',
            gateway: '172.28.5.254',
            ip_range: '172.28.4.0/24',
            aux_addresses: { a: '172.28.5.1' },
          },
          { subnet: 'fd77::/64' },
        ],
      },
      enable_ipv6: true,
    },
  },
});

test('addresses that the file fixes keep their place in a block that is large enough', () => {
  const { networks, services } = assignSubnets(copyProject(fixed, { name: 'x' }), nothing);
  const [pool, pool6] = networks['back']?.ipam.config ?? [];
  const [, start = ''] = /^(10\.\d+\.\d+)\.0\/21$/.exec(pool?.subnet ?? '') ?? [];
  const [a, b, c] = start.split('.').map(Number);
  const at = (offset: number, last: number): string => [a, b, (c ?? 0) + offset, last].join('.');
  expect(pool).toEqual({
    subnet: `${at(0, 0)}/21`,
    gateway: at(5, 254),
    ip_range: `${at(4, 0)}/24`,
    aux_addresses: { a: at(5, 1) },
  });
  expect(services['db']?.networks?.['back']?.ipv4_address).toBe(at(5, 10));
  expect(services['web']).toMatchObject({ extra_hosts: [`db=${at(5, 10)}`, 'out=8.8.8.8'], dns: [at(5, 10)] });
  expect(pool6?.subnet).toMatch(/^fd.*::\/64$/);
  expect(services['db']?.networks?.['back']?.ipv6_address).toMatch(/^fd.*::1:5$/);
});

test('a network that exists keeps its block as long as it is large enough', () => {
  const copy = copyProject(projectOf({ services: { web: {} } }), { name: 'x' });
  const ownSubnets = new Map([['shop-x_default', ['10.9.9.0/26']]]);
  expect(subnetsOf(assignSubnets(copy, { ...nothing, ownSubnets }), 'default')).toEqual(['10.9.9.0/26']);
  const small = new Map([['shop-x_default', ['10.9.9.0/29']]]);
  expect(subnetsOf(assignSubnets(copy, { ...nothing, ownSubnets: small }), 'default')).not.toContain('10.9.9.0/29');
});

test('ranges come from the file, and one without a free block is an error that says which', () => {
  const shop = { ...projectOf({ services: { web: {} } }), extensions: { 'x-topsail': { subnets: ['10.7.0.0/25'] } } };
  const copy = copyProject(shop, { name: 'x' });
  expect(subnetsOf(assignSubnets(copy, nothing), 'default')[0]).toMatch(/^10\.7\.0\.(0|64)\/26$/);
  expect(() => assignSubnets(copy, { ...nothing, takenSubnets: ['10.0.0.0/8'] })).toThrow(
    'network "default" has no subnet: nothing of 10.7.0.0/25 is free',
  );
});

test('networks of the host, of other drivers and outside of the project stay as they are', () => {
  const networks = {
    lan: { external: true },
    wire: { driver: 'macvlan', ipam: { config: [{ subnet: '10.1.0.0/16' }] } },
  };
  const copy = copyProject(projectOf({ services: { web: { networks: { lan: null, wire: null } } }, networks }), {
    name: 'x',
  });
  expect(assignSubnets(copy, nothing).networks).toEqual(copy.networks);
});
