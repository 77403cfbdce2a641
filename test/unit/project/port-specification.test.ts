import { describe, expect, it } from 'vitest';
import { parsePortSpecification } from '../../../src/project/port-specification.ts';

function summary(text: string): readonly string[] {
  return parsePortSpecification(text).map(
    ({ host_ip: address = '', published = '', target, protocol }) => `${address}|${published}|${target}/${protocol}`,
  );
}

describe('parsePortSpecification', () => {
  it.each([
    ['80', ['||80/tcp']],
    ['80/udp', ['||80/udp']],
    ['80/SCTP', ['||80/sctp']],
    ['80/', ['||80/tcp']],
    ['8080:80', ['|8080|80/tcp']],
    ['0:80', ['|0|80/tcp']],
    ['127.0.0.1:8080:80', ['127.0.0.1|8080|80/tcp']],
    ['127.0.0.1::80', ['127.0.0.1||80/tcp']],
    ['[::1]:8080:80', ['::1|8080|80/tcp']],
    ['80-82', ['||80/tcp', '||81/tcp', '||82/tcp']],
    ['8080-8081:80-81', ['|8080|80/tcp', '|8081|81/tcp']],
    ['8080-8090:80', ['|8080-8090|80/tcp']],
    ['8-11', ['||10/tcp', '||11/tcp', '||8/tcp', '||9/tcp']],
    ['65535:0', ['|65535|0/tcp']],
  ])('reads %s', (text, ports) => {
    expect(summary(text)).toEqual(ports);
  });

  it('marks every port as ingress', () => {
    expect(parsePortSpecification('80')).toEqual([{ mode: 'ingress', target: 80, protocol: 'tcp' }]);
  });

  it.each([
    ['http', 'Invalid containerPort: http'],
    ['82-80', 'Invalid containerPort: 82-80'],
    ['65536', 'Invalid containerPort: 65536'],
    ['abc:80', 'Invalid hostPort: abc'],
    ['70000:80', 'Invalid hostPort: 70000'],
    ['80/icmp', 'Invalid proto: icmp'],
    ['localhost:80:80', 'Invalid ip address: localhost'],
    ['300.1.1.1:80:80', 'Invalid ip address: 300.1.1.1'],
    ['', 'No port specified: <empty>'],
    ['80:', 'No port specified: 80:<empty>'],
    ['1-3:80-81', 'Invalid ranges specified for container and host Ports: 80-81 and 1-3'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePortSpecification(text)).toThrow(new RangeError(message));
  });

  it('says how an IPv6 address is written', () => {
    expect(() => parsePortSpecification('::1:80:80')).toThrow(
      'Invalid ip address ::1: an IPv6 address stands in brackets, as in [::1]:8080:80',
    );
  });
});
