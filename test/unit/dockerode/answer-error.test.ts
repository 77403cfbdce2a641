import { describe, expect, test } from 'vitest';
import { answerError, streamedError, transportError } from '../../../src/dockerode/answer-error.ts';

describe('answerError', () => {
  test.each([
    [400, 'invalid reference format', 'bad-request'],
    [401, 'unauthorized', 'access-denied'],
    [403, 'not allowed', 'access-denied'],
    [404, 'No such container: x', 'not-found'],
    [409, 'removal in progress', 'conflict'],
    [501, 'not implemented', 'unsupported'],
    [500, 'driver failed: port is already allocated', 'server'],
    [500, 'listen tcp4 0.0.0.0:80: bind: address already in use', 'server'],
    [500, 'container 4c4d does not exist in database: no such container', 'not-found'],
    [403, 'network x has active endpoints (name:"web")', 'conflict'],
    [500, 'network name x already used: network already exists', 'conflict'],
    [500, '"x" has associated containers with it: network is being used', 'conflict'],
    [400, 'client version 1.51 is too new. Maximum supported API version is 1.41', 'unsupported'],
  ])('status %i with "%s" is %s', (statusCode, message, kind) => {
    expect(answerError(statusCode, JSON.stringify({ message }))).toMatchObject({
      kind,
      statusCode,
      message,
      code: `engine-${kind}`,
    });
  });

  test('an answer that is not JSON is the message itself', () => {
    expect(answerError(502, 'Bad Gateway\n').message).toBe('Bad Gateway');
    expect(answerError(502, '').message).toBe('the engine answered with status 502');
  });
});

describe('streamedError', () => {
  test.each([
    ['manifest for nginx:nope not found: manifest unknown', 'not-found'],
    ['pull access denied for x, repository does not exist', 'not-found'],
    ['repository does not exist or may require authorization: no basic auth credentials', 'access-denied'],
    ['denied: requested access to the resource is denied', 'access-denied'],
    ['no space left on device', 'server'],
    ['dial tcp: lookup registry.example: no such host', 'server'],
  ])('"%s" is %s', (message, kind) => {
    expect(streamedError(message)).toMatchObject({ kind, message });
  });
});

describe('transportError', () => {
  const failed = (code: string): Error => Object.assign(new Error(`connect ${code} /x`), { code });

  test.each([
    ['ENOENT', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['EACCES', 'access-denied'],
    ['ECONNRESET', 'connection-lost'],
    ['CERT_HAS_EXPIRED', 'unreachable'],
  ])('%s is %s and names the endpoint', (code, kind) => {
    const error = transportError(failed(code), 'unix:///x', undefined);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain('unix:///x');
  });

  test('an aborted signal wins over whatever the connection says', () => {
    expect(transportError(failed('ECONNRESET'), 'unix:///x', AbortSignal.abort())).toMatchObject({
      kind: 'aborted',
      origin: 'aborted',
    });
  });

  test('a connect over several addresses tells what each said', () => {
    const error = Object.assign(new AggregateError([failed('ECONNREFUSED'), new Error('second')]), {
      code: 'ECONNREFUSED',
    });
    expect(transportError(error, 'tcp://x:1', undefined).message).toBe(
      'no engine answers at tcp://x:1: connect ECONNREFUSED /x, second',
    );
  });
});

test('a call that the engine does not have is not one whose subject is missing', () => {
  expect(answerError(404, 'Not Found\n').kind).toBe('unsupported');
  expect(answerError(404, '{"message":"No such container: x"}').kind).toBe('not-found');
});
