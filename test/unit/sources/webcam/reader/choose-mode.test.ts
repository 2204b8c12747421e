import { describe, expect, test } from 'vitest';
import {
  chooseMode,
  modeWords,
} from '../../../../../electron/sources/webcam/reader/choose-mode.ts';
import type { CameraMode } from '../../../../../shared/cameras.ts';

const mode = (width: number, height: number, fps: number, format: string): CameraMode => ({
  width,
  height,
  fps,
  format,
});

const C920 = [
  mode(1920, 1080, 5, 'yuyv422'),
  mode(1920, 1080, 30, 'mjpeg'),
  mode(1280, 720, 10, 'yuyv422'),
  mode(1280, 720, 30, 'mjpeg'),
  mode(640, 480, 30, 'yuyv422'),
  mode(640, 480, 30, 'mjpeg'),
];

describe('chooseMode', () => {
  test('without a wish: the largest fluent picture up to 720p, in the format that costs nothing', () => {
    expect(chooseMode(C920, undefined)).toEqual(mode(1280, 720, 30, 'mjpeg'));
  });

  test('without a wish: rather small than stuttering', () => {
    const raw = C920.filter((candidate) => candidate.format === 'yuyv422');
    expect(chooseMode(raw, undefined)).toEqual(mode(640, 480, 30, 'yuyv422'));
  });

  test('without a wish: 30 pictures a second are enough', () => {
    expect(chooseMode([mode(1280, 720, 60, 'mjpeg')], undefined)?.fps).toBe(30);
  });

  test('a camera with large pictures only is not refused', () => {
    const huge = [mode(3840, 2160, 30, 'mjpeg'), mode(1920, 1080, 30, 'mjpeg')];
    expect(chooseMode(huge, undefined)).toEqual(mode(1920, 1080, 30, 'mjpeg'));
  });

  test('a wish is met in the best format, at the rate wished for', () => {
    expect(chooseMode(C920, { width: 1920, height: 1080, fps: 15 })).toEqual(
      mode(1920, 1080, 15, 'mjpeg'),
    );
  });

  test('29.97 is 30', () => {
    const ntsc = [mode(640, 480, 29.97, 'mjpeg')];
    expect(chooseMode(ntsc, { width: 640, height: 480, fps: 30 })?.fps).toBe(29.97);
  });

  test.each([
    ['a size it does not have', { width: 800, height: 600, fps: 30 }],
    ['a rate it does not reach', { width: 1280, height: 720, fps: 60 }],
  ])('%s is refused', (_name, wanted) => {
    expect(chooseMode(C920, wanted)).toBeUndefined();
  });

  test('no modes, no choice', () => {
    expect(chooseMode([], undefined)).toBeUndefined();
  });

  test('is said in words', () => {
    expect(modeWords({ width: 1280, height: 720, fps: 12.5 })).toBe('1280×720 at 12.5 fps');
  });
});
