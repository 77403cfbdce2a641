import { Duplex } from 'node:stream';
import type { SshKey } from './ssh-key.ts';
import { readSsh, sshNumber, sshString } from './ssh-wire.ts';

/** Message types of the agent protocol (draft-miller-ssh-agent). */
const types = { failure: 5, listKeys: 11, keys: 12, signRequest: 13, signature: 14 } as const;
const longestMessage = 256 * 1024;

/** An ssh agent in this process that has these keys: what is written to it are requests, what it gives are answers. */
export function createSshAgent(keys: readonly SshKey[]): Duplex {
  let pending = Buffer.alloc(0);
  return new Duplex({
    read: () => undefined,
    write(piece: Buffer, _encoding, done) {
      pending = Buffer.concat([pending, piece]);
      while (pending.length >= 4) {
        const length = pending.readUInt32BE();
        if (length > longestMessage) {
          done(new RangeError('a message to the ssh agent is too long'));
          return;
        }
        if (pending.length < 4 + length) break;
        this.push(sshString(answer(pending.subarray(4, 4 + length), keys)));
        pending = pending.subarray(4 + length);
      }
      done();
    },
    final(done) {
      this.push(null);
      done();
    },
  });
}

function answer(message: Buffer, keys: readonly SshKey[]): Buffer {
  try {
    const request = readSsh(message);
    const type = request.byte();
    if (type === types.listKeys) {
      const list = keys.flatMap(({ publicBlob, comment }) => [sshString(publicBlob), sshString(comment)]);
      return Buffer.concat([Buffer.of(types.keys), sshNumber(keys.length), ...list]);
    }
    if (type === types.signRequest) {
      const blob = request.bytes();
      const data = request.bytes();
      const flags = request.number();
      const key = keys.find(({ publicBlob }) => publicBlob.equals(blob));
      if (key !== undefined) return Buffer.concat([Buffer.of(types.signature), sshString(key.sign(data, flags))]);
    }
  } catch {
    // A request that cannot be read, or a key that cannot sign this, is answered as a failure.
  }
  return Buffer.of(types.failure);
}
