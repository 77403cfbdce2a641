import { expect, test } from 'vitest';
import { listenForInterrupts } from '../../../src/cli/interrupts.ts';
import { sweepMeanwhile } from '../../../src/cli/sweep-meanwhile.ts';
import { EngineError } from '../../../src/engine/engine-error.ts';
import { createMemoryEngine, type MemoryEngine } from '../../../src/memory-engine/create-memory-engine.ts';
import { RecordedHost } from './recorded-host.ts';

async function wordsOf(engine: MemoryEngine): Promise<string> {
  const host = new RecordedHost();
  const display = { format: 'plain', stdoutColours: false, stderrColours: false } as const;
  await sweepMeanwhile({ host, flags: {}, display, interrupts: listenForInterrupts(host) }, engine);
  return host.stderr.text;
}

test('an engine that lets nobody list networks is used without a word', async () => {
  const engine = createMemoryEngine();
  engine.control.fail('networks.list', new EngineError('bad-request', 'Forbidden'));
  expect(await wordsOf(engine)).toBe('');
});

test('what is there and cannot be removed is told', async () => {
  const engine = createMemoryEngine();
  const Labels = { 'com.docker.compose.project': 'a', 'dev.topsail.leased': 'true' };
  await engine.volumes.create({ Name: 'a-vol', Labels });
  const lease = { 'dev.topsail.lease': 'a', 'dev.topsail.lease.pid': '1', 'dev.topsail.lease.expires': '1' };
  await engine.volumes.create({ Name: 'topsail-lease-1', Labels: lease });
  engine.control.fail('volumes.remove', new EngineError('bad-request', 'Forbidden'));
  expect(await wordsOf(engine)).toBe(
    'warning: copies of killed processes stay: volume a-vol could not be removed: Forbidden\n',
  );
});
