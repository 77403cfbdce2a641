import { expect, test } from 'vitest';
import { readInvocation } from '../../../src/cli/docker-words.ts';

const read = (program: string, words: string, environment: Readonly<Record<string, string>> = {}) => {
  const invocation = readInvocation(program, words === '' ? [] : words.split(' '), environment);
  return { ...invocation, environment: { ...invocation.environment } };
};

test('under its own name the words are its own', () => {
  expect(read('/usr/bin/topsail', '-H x compose up', { A: '1' })).toEqual({
    asDockerCompose: false,
    words: ['-H', 'x', 'compose', 'up'],
    environment: { A: '1' },
  });
});

test.each([
  ['up -d', 'up -d'],
  ['compose up -d', 'up -d'],
  ['-f a.yaml -p x ps -H', '-f a.yaml -p x ps -H'],
  ['-f compose ps', '-f compose ps'],
  ['-v', 'version'],
  ['--version', 'version'],
  ['-D --verbose --log-level debug ps', 'ps'],
  ['--debug=true -l=info compose ps', 'ps'],
  ['-h', '-h'],
  ['__complete compose ps w', '__complete ps w'],
  ['__completeNoDesc ps w', '__completeNoDesc ps w'],
  ['-- ps', '-- ps'],
  ['', ''],
])('docker-compose %s', (words, expected) => {
  const { asDockerCompose, words: kept } = read('/home/me/.docker/cli-plugins/docker-compose', words);
  expect(asDockerCompose).toBe(true);
  expect(kept.join(' ')).toBe(expected);
});

test.each([
  ['-H tcp://x:1 compose ps', { DOCKER_CONTEXT: 'old' }, { DOCKER_HOST: 'tcp://x:1' }],
  ['--context new compose ps', { DOCKER_HOST: 'tcp://x:1' }, { DOCKER_CONTEXT: 'new' }],
  ['--config /c compose ps', {}, { DOCKER_CONFIG: '/c' }],
  ['--tls ps', {}, { DOCKER_TLS: '1' }],
  [
    '--tlsverify --tlscacert /c/ca.pem --tlscert=/c/cert.pem --tlskey /c/key.pem ps',
    {},
    { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/c' },
  ],
  ['--tlsverify=false ps', {}, {}],
])('%s is what the variables say', (words, before, after) => {
  expect(read('docker-compose', words, before)).toMatchObject({ words: ['ps'], environment: after });
  expect(Object.keys(read('docker-compose', words, before).environment)).toEqual(Object.keys(after));
});

test('flags of the client that cannot be followed are refused', () => {
  expect(() => read('docker-compose', '--host')).toThrow("flag needs an argument: '--host'");
  expect(() => read('docker-compose', '--tlskey /a/my.pem ps')).toThrow('only a file named key.pem');
  expect(() => read('docker-compose', '--tlskey /a/key.pem --tlscert /b/cert.pem ps')).toThrow('one folder');
});
