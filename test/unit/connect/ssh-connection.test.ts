import { expect, test } from 'vitest';
import { sshParameters } from '../../../src/connect/ssh-connection.ts';

test('ssh runs the dial of the other machine', () => {
  expect(sshParameters({ kind: 'ssh', destination: 'me@far' }).join(' ')).toBe(
    '-o ConnectTimeout=30 -T -- me@far docker system dial-stdio',
  );
});

test('port and socket are passed on, quoted for the other shell', () => {
  expect(sshParameters({ kind: 'ssh', destination: 'far', port: 2222, path: "/run/it's.sock" }).join(' ')).toBe(
    `-o ConnectTimeout=30 -T -p 2222 -- far docker --host 'unix:///run/it'\\''s.sock' system dial-stdio`,
  );
});
