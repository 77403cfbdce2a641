import { expect, test } from 'vitest';
import { containerCells, portsText } from '../../../src/cli/container-cells.ts';
import { containerRow, type Publisher } from '../../../src/compose/container-row.ts';

const row = containerRow({
  Id: 'f'.repeat(64),
  Names: ['/p-web-1', '/p-proxy-1/web'],
  Image: 'nginx:alpine',
  ImageID: 'sha256:1',
  Command: '/docker-entrypoint.sh nginx -g "daemon off;"',
  Created: 1000,
  State: 'running',
  Status: 'Up 3 minutes (health: starting)',
  Labels: {
    'com.docker.compose.project': 'p',
    'com.docker.compose.service': 'web',
    'com.docker.compose.container-number': '1',
    'com.docker.compose.oneoff': 'False',
  },
  Ports: [{ PrivatePort: 80, Type: 'tcp' }],
  Mounts: [{ Type: 'volume', Name: 'a-very-long-volume-name', Source: '/x', Destination: '/data', Driver: 'local' }],
  NetworkSettings: { Networks: { p_default: {} } },
});

test('cells are written and shortened as Docker does', () => {
  expect(containerCells(row, { shorten: true, now: 1000 * 1000 + 61 * 1000 })).toMatchObject({
    Name: 'p-web-1',
    ID: 'ffffffffffff',
    Command: '"/docker-entrypoint.…"',
    Mounts: 'a-very-long-vo…',
    LocalVolumes: '1',
    RunningFor: 'About a minute ago',
    Health: 'starting',
    Ports: '80/tcp',
    CreatedAt: '1970-01-01 00:16:40 +0000 UTC',
  });
});

test('whole cells keep quotes escaped', () => {
  const cells = containerCells(row, { shorten: false, now: 0 });
  expect(cells.ID).toHaveLength(64);
  expect(cells.Command).toBe('"/docker-entrypoint.sh nginx -g \\"daemon off;\\""');
});

function port(TargetPort: number, PublishedPort = 0, URL = '', Protocol = 'tcp'): Publisher {
  return { URL, TargetPort, PublishedPort, Protocol };
}

test.each([
  [[port(80)], '80/tcp'],
  [[port(80, 8080, '0.0.0.0'), port(80, 8080, '::')], '0.0.0.0:8080->80/tcp, [::]:8080->80/tcp'],
  [[port(80, 80, '0.0.0.0'), port(81, 81, '0.0.0.0'), port(82, 82, '0.0.0.0')], '0.0.0.0:80-82->80-82/tcp'],
  [[port(443), port(53, 0, '', 'udp'), port(444)], '53/udp, 443-444/tcp'],
])('ports %j read %s', (publishers, text) => {
  expect(portsText(publishers)).toBe(text);
});
