import { describe, expect, test } from 'vitest';
import {
  type FoundDevice,
  nameCameras,
} from '../../../../../electron/sources/webcam/reader/name-cameras.ts';

const c920 = (device: string, more: Partial<FoundDevice> = {}): FoundDevice => ({
  device,
  name: 'C920',
  ...more,
});
const labels = (found: FoundDevice[]) => nameCameras(found).map((camera) => camera.label);
const ids = (found: FoundDevice[]) => nameCameras(found).map((camera) => camera.id);

describe('identity by name: rows of the list', () => {
  test('one camera of its name is called by it, and its id holds more', () => {
    const found = [c920('/dev/video0', { serial: 'A1', port: '1-2' })];
    expect(labels(found)).toEqual(['C920']);
    expect(ids(found)).toEqual(['C920 (serial A1)']);
  });

  test('two cameras "C920": told apart by serial, else by port, else by path', () => {
    const [a, b] = [
      { serial: 'A1', port: '1-2' },
      { serial: 'B2', port: '1-3' },
    ];
    expect(labels([c920('/dev/video0', a), c920('/dev/video2', b)])).toEqual([
      'C920 (serial A1)',
      'C920 (serial B2)',
    ]);
    expect(labels([c920('/dev/video0', { port: '1-2' }), c920('/dev/video2', b)])).toEqual([
      'C920 (port 1-2)',
      'C920 (serial B2)',
    ]);
    expect(labels([c920('/dev/video0'), c920('/dev/video2')])).toEqual([
      'C920 (/dev/video0)',
      'C920 (/dev/video2)',
    ]);
  });

  test('a maker who gives every camera the same serial: the port tells', () => {
    const found = [
      c920('/dev/video0', { serial: '0001', port: '1-2' }),
      c920('/dev/video2', { serial: '0001', port: '1-3' }),
    ];
    expect(labels(found)).toEqual(['C920 (port 1-2)', 'C920 (port 1-3)']);
    expect(ids(found)).toEqual(labels(found));
  });

  test('no name, or one of spaces: the path is shown, and the id does not hang on it', () => {
    for (const name of ['', '  ']) {
      const found = [{ device: '/dev/video0', name, serial: 'A1', port: '1-2' }];
      expect(labels(found)).toEqual(['/dev/video0']);
      expect(ids(found)).toEqual(['Camera (serial A1)']);
    }
    expect(
      labels([
        { device: '/dev/video0', name: '' },
        { device: '/dev/video2', name: '' },
      ]),
    ).toEqual(['/dev/video0', '/dev/video2']);
  });

  test('no two ids or labels are alike, and none is empty', () => {
    const places = [
      {},
      { port: '1-2' },
      { serial: '1', port: '1-2' },
      { serial: '1', port: '1-3' },
    ];
    const found = ['', 'C920', 'C920'].flatMap((name, i) =>
      places.map((place, j) => ({ device: `/dev/video${i * 10 + j}`, name, ...place })),
    );
    for (const list of [labels(found), ids(found)]) {
      expect(new Set(list).size).toBe(found.length);
      expect(list.every((text) => text.trim() !== '')).toBe(true);
    }
  });
});
