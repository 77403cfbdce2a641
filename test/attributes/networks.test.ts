import { describe, expect, it } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';
import { projectOf } from '../fakes/load-compose.ts';

describe('ports and expose', () => {
  itReads([
    ['ports: [80]', { ports: [{ mode: 'ingress', target: 80, protocol: 'tcp' }] }],
    [
      'ports: ["127.0.0.1:8080-8081:80-81/udp"]',
      {
        ports: [
          { mode: 'ingress', host_ip: '127.0.0.1', target: 80, published: '8080', protocol: 'udp' },
          { mode: 'ingress', host_ip: '127.0.0.1', target: 81, published: '8081', protocol: 'udp' },
        ],
      },
    ],
    [
      'ports: [{target: "80", published: 8080, name: web, app_protocol: http, mode: host, x-a: 1}]',
      { ports: [{ name: 'web', mode: 'host', target: 80, published: '8080', protocol: 'tcp', app_protocol: 'http' }] },
    ],
    ['ports: ["80:80", "80:80"]', { ports: [{ mode: 'ingress', target: 80, published: '80', protocol: 'tcp' }] }],
    ['expose: [80, "81", 82/udp]', { expose: ['80', '81', '82/udp'] }],
  ]);
  itRefuses([
    ['ports: [http]', '9 services.a.ports.0: Invalid containerPort: http'],
    ['ports: ["80:"]', '9 services.a.ports.0: No port specified: 80:<empty>'],
    [
      'ports: [{target: 80-81}]',
      '18 services.a.ports.[].target: failed to cast to expected type: parsing "80-81": invalid syntax, expected a whole number',
    ],
    ['ports: [{published: "80"}]', '9 services.a.ports.0: service ports is missing a target port'],
    ['ports: ', '1 services.a.ports must be a list, but is empty (null)'],
  ]);
});

describe('networks of a service', () => {
  itReads([
    ['networks: [n]', { networks: { n: null } }, 'networks: {n: }'],
    [
      'networks: {n: {aliases: [x], ipv4_address: 1.2.3.4, ipv6_address: "::1", link_local_ips: [1.1.1.1], mac_address: m, driver_opts: {a: 1}, priority: 5, gw_priority: -1, interface_name: e}, m: {}}',
      {
        networks: {
          m: {},
          n: {
            aliases: ['x'],
            driver_opts: { a: '1' },
            gw_priority: -1,
            interface_name: 'e',
            ipv4_address: '1.2.3.4',
            ipv6_address: '::1',
            link_local_ips: ['1.1.1.1'],
            mac_address: 'm',
            priority: 5,
          },
        },
      },
      'networks: {n: , m: }',
    ],
    [
      'network_mode: host, hostname: h, domainname: d, mac_address: m',
      { network_mode: 'host', hostname: 'h', domainname: 'd', mac_address: 'm' },
    ],
    ['dns: 1.1.1.1, dns_search: [a, b], dns_opt: [o]', { dns: ['1.1.1.1'], dns_search: ['a', 'b'], dns_opt: ['o'] }],
    ['extra_hosts: {z: [1.1.1.1, "[::2]"], y: 3.3.3.3}', { extra_hosts: ['y=3.3.3.3', 'z=1.1.1.1', 'z=::2'] }],
    ['extra_hosts: ["b:1.1.1.1", "a=::1"]', { extra_hosts: ['a=::1', 'b=1.1.1.1'] }],
    ['external_links: [redis, db:alias]', { external_links: ['redis', 'db:alias'] }],
  ]);
  itRefuses([
    ['extra_hosts: [lonely]', '15 services.a.extra_hosts: invalid additional host, missing IP: lonely'],
    ['extra_hosts: {"h:x": 1.1.1.1}', "22 services.a.extra_hosts: bad host name 'h:x'"],
    ['networks: [n]', '12 service "a" refers to undefined network n'],
    ['dns: 8', '6 services.a.dns must be a string or list, but is the number 8'],
  ]);
});

describe('networks of the project', () => {
  it('keep their settings', async () => {
    const { networks } = await projectOf(`services: {a: {image: x, networks: [n, e]}}
networks:
  n: {driver: d, driver_opts: {a: 1}, internal: "true", attachable: true, enable_ipv6: false, labels: [l],
      ipam: {driver: i, config: [{subnet: s, ip_range: r, gateway: g, aux_addresses: {h: "1"}}], options: {o: p}}}
  e: {external: true}
  unused: {}`);
    expect(JSON.parse(JSON.stringify(networks))).toEqual({
      e: { name: 'e', ipam: {}, external: true },
      n: {
        name: 'proj_n',
        driver: 'd',
        driver_opts: { a: '1' },
        ipam: { driver: 'i', config: [{ subnet: 's', gateway: 'g', ip_range: 'r', aux_addresses: { h: '1' } }] },
        internal: true,
        attachable: true,
        labels: { l: '' },
        enable_ipv6: false,
      },
    });
  });
});
