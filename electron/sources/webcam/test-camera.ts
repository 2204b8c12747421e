import type { Camera } from '../../../shared/cameras.ts';

export const TEST_DEVICE = 'test';
export const TEST_NAME = 'Test picture';

/** The synthetic camera as the list shows it in development. */
export function testCamera(): Camera {
  return {
    device: TEST_DEVICE,
    id: TEST_DEVICE,
    name: TEST_NAME,
    modes: [
      { width: 1280, height: 720, fps: 30, format: 'yuyv422' },
      { width: 1920, height: 1080, fps: 30, format: 'yuyv422' },
      { width: 640, height: 480, fps: 30, format: 'yuyv422' },
    ],
    synthetic: true,
  };
}
