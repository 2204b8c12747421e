import { expect, test } from 'vitest';
import { binaryKind } from '../../../build/packaging/check/binary-kind.ts';
import { readFuseWire } from '../../../build/packaging/check/fuse-wire.ts';

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

function elf(machine: number): Buffer {
  const head = Buffer.alloc(64);
  head.write('\x7fELF', 'latin1');
  head.writeUInt16LE(machine, 18);
  return head;
}

function machO(cpu: number): Buffer {
  const head = Buffer.alloc(64);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(cpu, 4);
  return head;
}

function pe(machine: number): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(128, 0x3c);
  head.write('PE\0\0', 128, 'latin1');
  head.writeUInt16LE(machine, 132);
  return head;
}

test.each([
  [elf(0x3e), { platform: 'linux', arch: 'x64' }],
  [elf(0xb7), { platform: 'linux', arch: 'arm64' }],
  [machO(0x01000007), { platform: 'darwin', arch: 'x64' }],
  [machO(0x0100000c), { platform: 'darwin', arch: 'arm64' }],
  [pe(0x8664), { platform: 'win32', arch: 'x64' }],
  [pe(0xaa64), { platform: 'win32', arch: 'arm64' }],
])('recognises a library by its head: %#', (head, kind) => {
  expect(binaryKind(head)).toEqual(kind);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['zeros', Buffer.alloc(64)],
  ['a processor nobody packs for', elf(0x03)],
  ['a pointer beyond the head', Buffer.concat([pe(0x8664).subarray(0, 100)])],
  ['text', Buffer.from('#!/bin/sh\n'.repeat(20))],
])('recognises no library in %s', (_what, head) => {
  expect(binaryKind(head)).toBeNull();
});

test('reads the fuses in their order', () => {
  const wire = Buffer.from(`xx${SENTINEL}\x01\x0401r?xx`, 'latin1');
  expect(readFuseWire(wire)).toEqual({
    runAsNode: 'off',
    enableCookieEncryption: 'on',
    enableNodeOptionsEnvironmentVariable: 'removed',
    enableNodeCliInspectArguments: 'unknown',
  });
});

test('reads no fuses where there are none, or of another version', () => {
  expect(readFuseWire(Buffer.from('an ordinary program'))).toBeNull();
  expect(readFuseWire(Buffer.from(`${SENTINEL}\x02\x0401`, 'latin1'))).toBeNull();
});
