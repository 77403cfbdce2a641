import { expect, test } from 'vitest';
import { readInContainer } from '../harness/read-in-container.ts';
import { isFullScale, middleOf, scaleTimeout, tellFigure } from '../harness/scale.ts';
import { openScenario } from '../harness/scenario.ts';

const rounds = isFullScale ? 20 : 1;

test('what depends on a service that is ready after a second starts then, not when its check of every 30 seconds is due', {
  timeout: scaleTimeout,
}, async () => {
  const scenario = openScenario(import.meta.dirname);
  const delays: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await scenario.succeed('up', '-d');
    const text = await readInContainer(`${scenario.project}-slow-1`, ['stat', '-c', '%y', '/ready']);
    const readySince = Date.parse(
      text
        .trim()
        .replace(' ', 'T')
        .replace(/(\.\d{3})\d*.*$/, '$1Z'),
    );
    const { StartedAt: started } = (await scenario.inspect('dependent')).State;
    delays.push(Date.parse(started) - readySince);
    await scenario.succeed('down', '-t', '0');
  }
  tellFigure(
    `the dependent started after readiness: middle ${middleOf(delays).toFixed(0)} ms, latest ${Math.max(...delays).toFixed(0)} ms`,
  );
  for (const delay of delays) expect(delay).toBeLessThan(20_000);
  // How soon is a figure only where nothing else runs.
  if (isFullScale) expect(middleOf(delays)).toBeLessThan(500);
});
