import type { SourceReader } from '../source/source-reader.ts';

/** A reader that remembers the remote files that were fetched through it. */
export interface RecordingReader {
  readonly reader: SourceReader;
  /** Local paths by reference. */
  readonly remoteFiles: ReadonlyMap<string, string>;
}

/** The same reader, but it remembers the remote files that are fetched through it. */
export function recordingReader(reader: SourceReader): RecordingReader {
  const remoteFiles = new Map<string, string>();
  const { remote } = reader;
  if (remote === undefined) return { reader, remoteFiles };
  const fetch: typeof remote.fetch = async (reference, options) => {
    const path = await remote.fetch(reference, options);
    remoteFiles.set(reference, path);
    return path;
  };
  return { reader: { ...reader, remote: { fetch } }, remoteFiles };
}
