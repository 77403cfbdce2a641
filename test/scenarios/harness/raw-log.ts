import { request } from 'node:http';
import { engineEndpoint } from './engine-api.ts';

/** What a container without a terminal has written to both streams, as the engine keeps it, line by line. */
export function readRawLog(container: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const path = `/containers/${container}/logs?stdout=1&stderr=1`;
    const call = request({ ...engineEndpoint(), path, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => resolve(linesOf(Buffer.concat(pieces))));
    });
    call.on('error', reject);
    call.end();
  });
}

/** Each frame has a header of eight bytes, of which the last four are its length, and is a line. */
function linesOf(bytes: Buffer): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    lines.push(bytes.toString('utf8', at + 8, end).replace(/\n$/, ''));
    at = end;
  }
  return lines;
}
