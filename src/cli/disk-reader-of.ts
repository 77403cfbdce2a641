import { createDiskSourceReader } from '../source/disk-source-reader.ts';
import type { RemoteSource } from '../source/remote-source.ts';
import type { SourceReader } from '../source/source-reader.ts';
import { registrySurroundingsOf } from './registry-surroundings.ts';
import type { Session } from './session.ts';

/** Reads from the disk and from standard input; what fetches remote files is loaded when the first one is named. */
export function diskReaderOf(session: Session): SourceReader {
  let source: Promise<RemoteSource> | undefined;
  const fetch = async (reference: string): Promise<string> => {
    source ??= loadRemoteSource(session);
    return (await source).fetch(reference, { signal: session.interrupts.signal });
  };
  return createDiskSourceReader({
    get standardInput() {
      return process.stdin;
    },
    remote: { fetch },
  });
}

async function loadRemoteSource(session: Session): Promise<RemoteSource> {
  const { createRemoteSource } = await import('../connect/remote-source.ts');
  return createRemoteSource(registrySurroundingsOf(session));
}
