import { describe, expect, test } from 'vitest';
import { parseDeviceFormats } from '../../../../../electron/sources/webcam/reader/device-formats.ts';

describe('parseDeviceFormats', () => {
  test('sizes behind their heading, one message each', () => {
    const { compressed } = parseDeviceFormats([
      'Raw       :     yuyv422 :           YUYV 4:2:2 :',
      ' 640x480',
      ' 1280x720',
      '\n',
      'Compressed:       mjpeg :          Motion-JPEG :',
      ' 640x480',
      ' 1920x1080',
      '\n',
      'Compressed:        h264 :                H.264 :',
      ' 1920x1080',
    ]);
    expect(compressed).toEqual(
      new Map([
        ['mjpeg', new Set(['640x480', '1920x1080'])],
        ['h264', new Set(['1920x1080'])],
      ]),
    );
  });

  test('sizes on the line of their heading', () => {
    const { compressed } = parseDeviceFormats([
      'Compressed: mjpeg : Motion-JPEG : 640x480 800x600',
    ]);
    expect(compressed.get('mjpeg')).toEqual(new Set(['640x480', '800x600']));
  });

  test('a camera that offers every size names none', () => {
    const { compressed } = parseDeviceFormats([
      'Compressed: mjpeg : Motion-JPEG :',
      ' {32-4096, 2}x{32-2160, 2}',
    ]);
    expect(compressed.get('mjpeg')).toEqual(new Set());
  });

  test('chatter and unsupported formats are passed over', () => {
    expect(
      parseDeviceFormats(['', 'x', '640x480', 'Compressed: Unsupported : AV1 :', ' 640x480']),
    ).toEqual({ compressed: new Map() });
  });
});
