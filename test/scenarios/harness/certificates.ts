import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate with its key, as PEM text. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority and what it signs: certificates of a machine's own, good for an hour. */
export function createAuthority(): Certificate & { readonly issue: (name: string) => Certificate } {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = certificate('topsail test authority', keys.publicKey, keys.privateKey, [isAuthority]);
  return {
    cert,
    key: pemKey(keys.privateKey),
    issue: (name) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        cert: certificate(name, own.publicKey, keys.privateKey, [alternativeNames]),
        key: pemKey(own.privateKey),
      };
    },
  };
}

const sequence = 0x30;
const ecdsaWithSha256 = tagged(sequence, Buffer.from('06082a8648ce3d040302', 'hex'));
/** Basic constraints, critical: a certificate authority. */
const isAuthority = tagged(sequence, Buffer.from('0603551d130101ff040530030101ff', 'hex'));
/** Subject alternative names: `localhost` and 127.0.0.1. */
const alternativeNames = tagged(
  sequence,
  Buffer.from('0603551d11', 'hex'),
  tagged(0x04, tagged(sequence, tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.from([127, 0, 0, 1])))),
);

function certificate(subject: string, key: KeyObject, signer: KeyObject, extensions: readonly Buffer[]): string {
  const now = Date.now();
  const body = tagged(
    sequence,
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf('topsail test authority'),
    tagged(sequence, timeOf(now - 60_000), timeOf(now + 3_600_000)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, tagged(sequence, ...extensions)),
  );
  const signature = sign('sha256', body, signer);
  const whole = tagged(sequence, body, ecdsaWithSha256, tagged(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function nameOf(text: string): Buffer {
  const commonName = tagged(sequence, Buffer.from('0603550403', 'hex'), tagged(0x0c, Buffer.from(text)));
  return tagged(sequence, tagged(0x31, commonName));
}

/** `YYMMDDHHMMSSZ`. */
function timeOf(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

/** One element of DER: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pemKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
