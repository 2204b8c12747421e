import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readIdentity } from '../../../../../electron/sources/webcam/reader/camera-identity.ts';
import { FakeSysfs } from '../../../../support/fake-sysfs.ts';

let sysfs: FakeSysfs;
beforeEach(() => {
  sysfs = new FakeSysfs();
});
afterEach(() => rmSync(sysfs.root, { recursive: true }));

describe.runIf(process.platform !== 'win32')('readIdentity', () => {
  test('a USB camera: serial, port, and which of its device’s cameras', async () => {
    expect(await readIdentity(sysfs.usb('video0', { port: '1-2', serial: 'A1B2' }))).toEqual({
      serial: 'A1B2',
      port: '1-2',
      unit: '046d:0825 A1B2 00 0',
      place: 'pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0 0',
    });
  });

  test('two cameras of one device are two', async () => {
    const colour = await readIdentity(sysfs.usb('video0', { port: '1-2', serial: 'A1' }));
    const infrared = await readIdentity(
      sysfs.usb('video2', { port: '1-2', serial: 'A1', interface: '02' }),
    );
    const second = await readIdentity(
      sysfs.usb('video4', { port: '1-2', serial: 'A1', interface: '02', index: '2' }),
    );
    expect(new Set([colour.unit, infrared.unit, second.unit]).size).toBe(3);
    expect(new Set([colour.place, infrared.place, second.place]).size).toBe(3);
  });

  test('the same camera at another port is the same unit at another place', async () => {
    const before = await readIdentity(sysfs.usb('video0', { port: '1-2', serial: 'A1' }));
    const after = await readIdentity(sysfs.usb('video6', { port: '1-4.3', serial: 'A1' }));
    expect(after.unit).toBe(before.unit);
    expect(after.place).not.toBe(before.place);
    expect(after.port).toBe('1-4.3');
  });

  test('no serial number, or one of nothing but rubbish: the port is all there is', async () => {
    const bare = await readIdentity(sysfs.usb('video0', { port: '1-2' }));
    expect(bare).toMatchObject({ port: '1-2', place: expect.stringContaining('1-2') });
    expect(bare.unit).toBeUndefined();
    const rubbish = sysfs.usb('video1', { port: '1-3', serial: '\u0001\u0002 ' });
    expect((await readIdentity(rubbish)).serial).toBeUndefined();
  });

  test('a camera of a driver, and one made of software', async () => {
    expect(await readIdentity(sysfs.platform('video0', 'vivid.0'))).toEqual({
      port: 'vivid.0',
      place: 'platform/vivid.0 0',
    });
    expect(await readIdentity(sysfs.virtual('video9'))).toEqual({
      place: 'virtual/video4linux/video9 0',
    });
  });

  test('a node that is gone has none', async () => {
    expect(await readIdentity(`${sysfs.root}/class/video4linux/video7`)).toEqual({});
  });
});
