// Asks the ssh agent of this build step for a signature and checks it with the public key that the agent shows.
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

const socket = connect(process.env.SSH_AUTH_SOCK);
await once(socket, 'connect');

function text(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function parts(message, from) {
  const found = [];
  for (let at = from; at < message.length; ) {
    const length = message.readUInt32BE(at);
    found.push(message.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

async function ask(message) {
  socket.write(text(message));
  const [answer] = await once(socket, 'data');
  return answer.subarray(4);
}

const list = await ask(Buffer.of(11));
const [blob, comment] = parts(list, 5);
const data = Buffer.from('signed in a build step');
const signed = await ask(Buffer.concat([Buffer.of(13), text(blob), text(data), Buffer.alloc(4)]));
const [signature] = parts(signed, 1);
const raw = parts(signature, 0)[1];
const x = parts(blob, 0)[1].toString('base64url');
const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
if (!verify(null, data, key, raw)) throw new Error('the signature is wrong');
console.log(`signed with the key of ${comment}`);
socket.destroy();
