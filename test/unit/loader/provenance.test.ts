import { describe, expect, it } from 'vitest';
import { projectFiles } from '../../fakes/load-compose.ts';
import { memorySourceReader } from '../../fakes/memory-source-reader.ts';
import { checkLaws } from './provenance/laws.ts';
import { mergedProjects } from './provenance/projects.ts';

describe('changing the line that is named changes that value and no other', () => {
  it.each(Object.entries(mergedProjects))('for every scalar of: %s', async (_, { files, request }) => {
    const checked = await checkLaws({
      files: projectFiles(files),
      // An edit may name what does not exist; here only values count.
      request: {
        workingDirectory: '/code/proj',
        environment: {},
        homeDirectory: '/home/me',
        allResources: true,
        checkConsistency: false,
        ...request,
      },
      readerOf: (changed) => memorySourceReader(changed),
    });
    expect(checked?.faults).toEqual([]);
    expect(checked?.editsMade).toBeGreaterThan(1);
  });
});
