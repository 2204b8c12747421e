import { describe, expect, test } from 'vitest';
import { nowUs } from '../../../../electron/base/clock.ts';
import { permissionTip } from '../../../../electron/sources/webcam/camera-failures.ts';
import { machineNowUs } from '../../../../electron/sources/webcam/machine-clock.ts';
import { stationTime } from '../../../../electron/sources/webcam/supervisor.ts';

describe('stationTime', () => {
  test('keeps the age a picture has', () => {
    const before = nowUs();
    const at = stationTime(machineNowUs() - 40_000);
    expect(at).toBeGreaterThanOrEqual(before - 40_000);
    expect(at).toBeLessThanOrEqual(nowUs() - 40_000);
  });

  test.each([
    ['from the future', machineNowUs() + 60_000_000],
    ['from an hour ago', machineNowUs() - 3_600_000_000],
    ['absurd', -1e300],
  ])('a moment %s counts as now', (_name, readAtUs) => {
    const before = nowUs();
    const at = stationTime(readAtUs);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(nowUs());
  });
});

test('each system has its own way to allow a camera', () => {
  expect(permissionTip('linux')).toContain('video');
  expect(permissionTip('darwin')).toContain('Privacy');
  expect(permissionTip('win32')).toContain('Privacy');
});
