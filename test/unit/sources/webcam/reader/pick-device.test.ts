import { describe, expect, test } from 'vitest';
import {
  type FoundDevice,
  nameCameras,
} from '../../../../../electron/sources/webcam/reader/name-cameras.ts';
import {
  findLost,
  markOf,
  pickDevice,
} from '../../../../../electron/sources/webcam/reader/pick-device.ts';

const name = 'Logitech C920';
const desk = {
  device: '/dev/video0',
  name,
  serial: 'A1',
  port: '1-2',
  unit: 'c920 A1',
  place: '2',
};
const door = { device: '/dev/video2', name: 'Doorbell', port: '1-3', place: '3' };
const twin = {
  device: '/dev/video4',
  name,
  serial: 'B2',
  port: '1-4',
  unit: 'c920 B2',
  place: '4',
};

const pick = (found: FoundDevice[], device?: string) =>
  pickDevice(nameCameras(found), device)?.device ?? null;

describe('pickDevice', () => {
  const all = [desk, door, twin];
  test.each([
    ['nothing asked for: the first', undefined, desk],
    ['a path', '/dev/video2', door],
    ['a name', 'Doorbell', door],
    ['a name two cameras have: the first', name, desk],
    ['name and path', `${name} (/dev/video4)`, twin],
    ['an id by serial', `${name} (serial B2)`, twin],
    ['an id by port', `${name} (port 1-4)`, twin],
  ])('%s', (_case, device, expected) => {
    expect(pick(all, device)).toEqual(expected.device);
  });

  test('what is not there is not there', () => {
    expect(pick(all, '/dev/video9')).toBeNull();
    expect(pick(all, `${name} (serial C3)`)).toBeNull();
    expect(pick([])).toBeNull();
  });

  test('an id finds its camera at another port and number, with a twin in its place', () => {
    const [{ id } = { id: '' }] = nameCameras([desk]);
    const moved = { ...desk, device: '/dev/video8', port: '1-9', place: '9' };
    expect(pick([{ ...twin, device: '/dev/video0', port: '1-2', place: '2' }, moved], id)).toBe(
      '/dev/video8',
    );
    expect(pick([twin], id)).toBeNull();
  });

  test('an id that fits two is not guessed at', () => {
    const [{ id } = { id: '' }] = nameCameras([desk]);
    const copy = { ...twin, serial: desk.serial, unit: desk.unit };
    expect(pick([desk, copy], id)).toBeNull();
  });
});

describe('identity by name: after a loss', () => {
  const back = (lost: FoundDevice, before: FoundDevice[], now: FoundDevice[]) => {
    const [camera] = nameCameras([lost, ...before]);
    if (camera === undefined) throw new Error('no camera');
    const found = findLost(nameCameras(now), markOf(camera, nameCameras([lost, ...before])));
    return typeof found === 'string' ? found : found.device;
  };
  const { serial: _a, unit: _b, ...bare } = desk;
  const { serial: _c, unit: _d, ...bareTwin } = twin;

  test('a camera with a serial is found wherever it is', () => {
    expect(back(desk, [], [desk])).toBe('/dev/video0');
    const moved = { ...desk, device: '/dev/video8', port: '1-9', place: '9' };
    expect(back(desk, [twin], [twin, moved])).toBe('/dev/video8');
  });

  test('its twin is never taken for it, not even at its port and number', () => {
    expect(back(desk, [twin], [twin])).toBe('other-serial');
    expect(back(desk, [], [{ ...twin, device: '/dev/video0', port: '1-2', place: '2' }])).toBe(
      'other-serial',
    );
  });

  test('without a serial only its port will do', () => {
    expect(back(bare, [], [{ ...bare, device: '/dev/video7' }])).toBe('/dev/video7');
    expect(back(bare, [bareTwin], [bareTwin])).toBe('other-place');
    expect(back(bare, [], [{ ...bare, port: '1-9', place: '9' }])).toBe('other-place');
  });

  test('a serial that a twin has as well is none', () => {
    const copy = { ...twin, serial: desk.serial, unit: desk.unit };
    expect(back(desk, [copy], [copy])).toBe('other-place');
    expect(back(desk, [copy], [copy, desk])).toBe('/dev/video0');
    // The copy came later, when the camera was away.
    expect(back(desk, [], [copy, { ...copy, device: '/dev/video6', place: '6' }])).toBe('unclear');
    expect(back(desk, [], [copy, desk])).toBe('/dev/video0');
  });

  test('cameras of one driver, at one place, by their names', () => {
    const one = { device: '/dev/video0', name: 'vivid-000', port: 'vivid.0', place: 'vivid.0' };
    const two = { ...one, device: '/dev/video1', name: 'vivid-001' };
    expect(
      back(
        one,
        [two],
        [
          { ...two, device: '/dev/video0' },
          { ...one, device: '/dev/video5' },
        ],
      ),
    ).toBe('/dev/video5');
    expect(back(one, [two], [{ ...two, device: '/dev/video0' }])).toBe('gone');
  });

  test('a system that tells nothing but its own name for the device', () => {
    const plain = { device: 'cam-1', name };
    const other = { device: 'cam-2', name };
    expect(back(plain, [other], [other, plain])).toBe('cam-1');
    expect(back(plain, [other], [other])).toBe('unclear');
    expect(back(plain, [], [])).toBe('gone');
  });
});
