import { describe, expect, test } from 'vitest';
import { pickDevice } from '../../../../../electron/sources/webcam/reader/pick-device.ts';

const desk = { device: '/dev/video0', name: 'Logitech C920' };
const door = { device: '/dev/video2', name: 'Doorbell' };
const twin = { device: '/dev/video4', name: 'Logitech C920' };
const all = [desk, door, twin];

describe('pickDevice', () => {
  test.each([
    ['nothing asked for: the first', undefined, desk],
    ['a path', '/dev/video2', door],
    ['a name', 'Doorbell', door],
    ['a name two cameras have: the first', 'Logitech C920', desk],
    ['name and path as the list shows them', 'Logitech C920 (/dev/video4)', twin],
    ['neither', '/dev/video9', null],
  ])('%s', (_case, device, expected) => {
    expect(pickDevice(all, device, undefined)).toEqual(expected);
  });

  test('no camera at all', () => {
    expect(pickDevice([], undefined, undefined)).toBeNull();
  });

  test('after a loss: under its old path', () => {
    expect(pickDevice(all, '/dev/video4', 'Logitech C920')).toEqual(twin);
  });

  test('after a loss: under another number', () => {
    expect(pickDevice([door, twin], '/dev/video0', 'Logitech C920')).toEqual(twin);
  });

  test('after a loss: never another camera that took the path', () => {
    const stranger = { device: '/dev/video0', name: 'Doorbell' };
    expect(pickDevice([stranger], '/dev/video0', 'Logitech C920')).toBe('lost');
  });
});
