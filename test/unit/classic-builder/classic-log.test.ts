import { expect, test } from 'vitest';
import { createClassicLog } from '../../../src/classic-builder/classic-log.ts';
import type { BuildNews } from '../../../src/engine/builder.ts';

function read(text: string, error?: string): readonly string[] {
  const log = createClassicLog();
  const news: BuildNews[] = [];
  // However the log is cut.
  for (const stream of text.match(/[\s\S]{1,5}/g) ?? []) news.push(...log.accept({ stream }, 1000));
  news.push(...log.end(error, 1000));
  return news.map((each) => {
    if (each.kind === 'step') return `${each.state} ${each.name}${each.error === undefined ? '' : `: ${each.error}`}`;
    return each.kind === 'output' ? `| ${each.text.trimEnd()}` : each.kind;
  });
}

test("steps of Docker's log, cached ones among them", () => {
  const text = `Step 1/3 : FROM busybox
 ---> 5386419a2729
Step 2/3 : RUN make
 ---> Running in b1849946cb8c
made
Removing intermediate container b1849946cb8c
 ---> 0123
Step 3/3 : LABEL a=b
 ---> Using cache
 ---> 4567
Successfully built 4567
Successfully tagged app:latest
`;
  expect(read(text)).toEqual([
    'running [1/3] FROM busybox',
    'done [1/3] FROM busybox',
    'running [2/3] RUN make',
    '| made',
    'done [2/3] RUN make',
    'running [3/3] LABEL a=b',
    'cached [3/3] LABEL a=b',
  ]);
});

test("Podman's log, and a step that fails", () => {
  const text = 'STEP 1/2: FROM x\nSTEP 2/2: RUN false\noops';
  expect(read(text, 'exit status 1')).toEqual([
    'running [1/2] FROM x',
    'done [1/2] FROM x',
    'running [2/2] RUN false',
    '| oops',
    'failed [2/2] RUN false: exit status 1',
  ]);
});
