import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGrpcClient } from '../../src/buildkit/grpc-client.ts';
import { decodeMessage } from '../../src/buildkit/protobuf-reader.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/engine/engine-error.ts';
import { enginesUnderTest, removeLeftovers, runId, runLabels } from './engines-under-test.ts';
import { tarOf } from './tar-file.ts';

const engines = await enginesUnderTest();
describe.each(engines)('builds on $name', ({ connect, real }) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await connect();
  });

  afterAll(async () => {
    await removeLeftovers(engine);
    await engine.close();
  });

  /** Builds a Dockerfile that is the whole of its context, and gives the id that the engine told last. */
  async function build(dockerfile: string, query: Readonly<Record<string, string | readonly string[]>>) {
    let id: string | undefined;
    const tar = (async function* () {
      yield tarOf('Dockerfile', dockerfile);
    })();
    for await (const line of engine.images.build(tar, { query })) id = line.aux?.ID ?? id;
    return id;
  }

  test('a tar is built to an image with its names and labels', async () => {
    const names = ['one', 'two'].map((word) => `topsail-contract/${runId}-${word}:built`);
    const query = { t: names, labels: JSON.stringify({ ...runLabels, built: 'yes' }) };
    const id = await build('FROM scratch\nCOPY Dockerfile /it\n', query);
    const images = await Promise.all(names.map((name) => engine.images.inspect(name)));
    expect(id).toBeDefined();
    for (const { Id, Config } of images) {
      expect(Id.replace('sha256:', '').startsWith(id?.replace('sha256:', '') ?? 'none')).toBe(true);
      expect(Config?.Labels).toMatchObject({ built: 'yes' });
    }
    for (const name of names) await engine.images.remove(name);
    await expect(engine.images.inspect(names[0] ?? '')).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a Dockerfile that makes no sense is refused with the reason', async ({ skip }) => {
    if (!real) return skip('not available here: the memory engine reads no Dockerfile');
    const failed = build('FROM scratch\nNONSENSE\n', { t: `topsail-contract/${runId}:never` });
    await expect(failed).rejects.toThrow(/NONSENSE|nonsense/i);
  });

  test('the connection to the builder speaks gRPC, or is refused as something the engine does not have', async () => {
    const opened = await engine.upgrade({ path: '/grpc', protocol: 'h2c' }).catch((error: unknown) => {
      if (error instanceof EngineError) return error;
      throw error;
    });
    if (opened instanceof EngineError) {
      expect(['not-found', 'unsupported']).toContain(opened.kind);
      return;
    }
    const client = createGrpcClient(opened);
    try {
      const path = '/moby.buildkit.v1.Control/ListWorkers';
      const answer = await client.unary(path, new Uint8Array(), AbortSignal.timeout(20_000));
      expect(decodeMessage(answer).messages(1)).toHaveLength(1);
    } finally {
      client.close();
    }
  });

  test('a protocol that no engine has is refused, and an aborted call is aborted', async () => {
    const kind = expect.stringMatching(/^(?:not-found|unsupported)$/);
    await expect(engine.upgrade({ path: '/no-such', protocol: 'h2c' })).rejects.toMatchObject({ kind });
    const aborted = engine.upgrade({ path: '/grpc', protocol: 'h2c' }, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ kind: 'aborted' });
  });
});
