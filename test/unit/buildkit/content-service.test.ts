import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentMethods } from '../../../src/buildkit/content-service.ts';
import { openContentStore } from '../../../src/buildkit/content-store.ts';
import { grpcStatus } from '../../../src/buildkit/grpc-error.ts';
import { type DecodedMessage, decodeMessage } from '../../../src/buildkit/protobuf-reader.ts';
import { bytesField, encodeMessage, numberField, textField } from '../../../src/buildkit/protobuf-writer.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const actions = { stat: 0, write: 1, commit: 2 };
const content = Buffer.from('layer by layer');
const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;

interface Rig {
  readonly folder: string;
  /** Calls a method with these messages and gives what it sent. */
  readonly call: (method: string, ...messages: readonly Uint8Array[]) => Promise<readonly DecodedMessage[]>;
}

async function rigWith({ writable = true, store = 'local:here' } = {}): Promise<Rig> {
  const folder = await temporaryFolder();
  const stores = new Map([['local:here', openContentStore(folder, { writable })]]);
  const methods = contentMethods(stores, createManualClock());
  const call: Rig['call'] = async (name, ...messages) => {
    const method = methods.get(`/containerd.services.content.v1.Content/${name}`);
    if (method === undefined) throw new Error(`no method ${name}`);
    const sent: DecodedMessage[] = [];
    const send = (...parts: readonly Uint8Array[]): Promise<void> => {
      sent.push(decodeMessage(Buffer.concat(parts)));
      return Promise.resolve();
    };
    await method({
      messages: (async function* () {
        yield* messages;
      })(),
      metadata: (key) => (key === 'buildkit-attachable-store-id' ? [store] : []),
      send,
      sendAll: async (each) => {
        for (const one of each) await send(one);
      },
      signal: new AbortController().signal,
    });
    return sent;
  };
  return { folder, call };
}

function writeOf(
  action: keyof typeof actions,
  fields: { ref?: string; total?: number; expected?: string; offset?: number; data?: Uint8Array } = {},
): Uint8Array {
  return encodeMessage(
    numberField(1, actions[action]),
    textField(2, fields.ref),
    numberField(3, fields.total),
    textField(4, fields.expected),
    numberField(5, fields.offset),
    ...(fields.data === undefined ? [] : [bytesField(6, fields.data)]),
  );
}

test('what is written in pieces is there after the commit, and read in pieces', async () => {
  const { folder, call } = await rigWith();
  const answers = await call(
    'Write',
    writeOf('stat', { ref: 'layer', total: content.length, expected: digest }),
    writeOf('write', { data: content.subarray(0, 5) }),
    writeOf('write', { offset: 5, data: content.subarray(5) }),
    writeOf('commit', { offset: content.length, expected: digest, total: content.length }),
  );
  expect(answers.map((answer) => [answer.number(1), answer.number(4), answer.text(6)])).toEqual([
    [0, 0, ''],
    [1, 5, ''],
    [1, 14, ''],
    [2, 14, digest],
  ]);
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
  const [info] = await call('Info', textField(1, digest));
  expect(info?.message(1)?.text(1)).toBe(digest);
  expect(info?.message(1)?.number(2)).toBe(14);
  const pieces = await call('Read', encodeMessage(textField(1, digest), numberField(2, 6), numberField(3, 2)));
  expect(pieces.map((piece) => [piece.number(1), String(Buffer.from(piece.bytes(2) ?? []))])).toEqual([[6, 'by']]);
  const [list] = await call('List', new Uint8Array());
  expect(list?.messages(1).map((each) => each.text(1))).toEqual([digest]);
});

test('what is there is not written again', async () => {
  const { call } = await rigWith();
  const all = writeOf('commit', { ref: 'one', data: content, expected: digest });
  await call('Write', all);
  await expect(call('Write', all)).rejects.toMatchObject({ code: grpcStatus.alreadyExists });
});

test('a write that ends in the middle leaves nothing', async () => {
  const { folder, call } = await rigWith();
  await call('Write', writeOf('write', { ref: 'layer', data: content }));
  expect(await readdir(join(folder, 'ingest'))).toEqual([]);
  await expect(
    call('Write', writeOf('write', { ref: 'layer', data: content }), writeOf('write', { offset: 3, data: content })),
  ).rejects.toMatchObject({ code: grpcStatus.outOfRange });
  expect(await readdir(folder)).toEqual(['ingest']);
});

test('a builder that begins anew writes from the start', async () => {
  const { call } = await rigWith();
  const answers = await call(
    'Write',
    writeOf('write', { ref: 'layer', data: Buffer.from('nonsense') }),
    writeOf('commit', { data: content, expected: digest }),
  );
  expect(answers.at(-1)?.number(4)).toBe(content.length);
});

test.each([
  ['a digest that leads out of the folder', 'Info', textField(1, 'sha256:../../../etc/passwd'), 'invalidArgument'],
  ['a read of one', 'Read', textField(1, 'sha256:../../../etc/passwd'), 'invalidArgument'],
  ['a write that expects one', 'Write', writeOf('stat', { ref: 'x', expected: '../x' }), 'invalidArgument'],
  ['a write without a name', 'Write', writeOf('write', { data: content }), 'invalidArgument'],
  ['a blob that is not there', 'Info', textField(1, digest), 'notFound'],
  ['a write that nobody makes', 'Status', textField(1, 'x'), 'notFound'],
  ['an abort of one', 'Abort', textField(1, 'x'), 'notFound'],
  ['a deletion', 'Delete', textField(1, digest), 'permissionDenied'],
  ['labels', 'Update', bytesField(1, textField(1, digest)), 'failedPrecondition'],
] as const)('%s is refused', async (_, method, message, code) => {
  const { folder, call } = await rigWith();
  await writeFile(join(folder, 'secret'), 'secret');
  await expect(call(method, message)).rejects.toMatchObject({ code: grpcStatus[code] });
});

test('nothing is written into a folder that is read, and nothing goes to a store of another name', async () => {
  const reader = await rigWith({ writable: false });
  const write = writeOf('write', { ref: 'layer', data: content });
  await expect(reader.call('Write', write)).rejects.toMatchObject({ code: grpcStatus.permissionDenied });
  expect(await readdir(reader.folder)).toEqual([]);
  const stranger = await rigWith({ store: '/etc' });
  await expect(stranger.call('Info', textField(1, digest))).rejects.toMatchObject({ code: grpcStatus.notFound });
  expect(await reader.call('ListStatuses', new Uint8Array())).toHaveLength(1);
});
