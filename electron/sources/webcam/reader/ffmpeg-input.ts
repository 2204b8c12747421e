import {
  Device,
  type Dictionary,
  FormatContext,
  InputFormat,
  Dictionary as Options,
} from 'node-av/lib';
import type { CameraMode } from '../../../../shared/cameras.ts';
import { readerCrashed } from '../camera-failures.ts';
import type { ReaderTarget } from './reader.ts';

/** What FFmpeg is given to open: its input format, the address in that format, and options. */
type InputRequest = { format: string; url: string; options: Record<string, string> };

/** Size and rate of the test picture where none is wanted. */
export const TEST_MODE = { width: 1280, height: 720, fps: 30, format: 'yuyv422' } as const;

/** The test picture: colours, a moving pattern, a clock. In a raw camera format, so that it goes through every step a camera’s picture does. */
export function testRequest(target: ReaderTarget): InputRequest {
  const { width, height, fps } = target.wanted ?? TEST_MODE;
  const source = `testsrc2=size=${width}x${height}:rate=${fps},format=${TEST_MODE.format},realtime`;
  return { format: 'lavfi', url: source, options: {} };
}

/** One camera in one mode; `compressed` asks for its own JPEG. */
export function cameraRequest(
  device: string,
  mode: Pick<CameraMode, 'width' | 'height' | 'fps'> | undefined,
  compressed: boolean,
  platformFormat = Device.getVideoFormat(),
): InputRequest {
  const options: Record<string, string> = {};
  if (mode !== undefined) {
    options.video_size = `${mode.width}x${mode.height}`;
    options.framerate = String(mode.fps);
  }
  switch (platformFormat) {
    case 'v4l2':
      if (compressed) options.input_format = 'mjpeg';
      return { format: platformFormat, url: device, options };
    case 'dshow':
      if (compressed) options.vcodec = 'mjpeg';
      return { format: platformFormat, url: `video=${device}`, options };
    default:
      // AVFoundation decodes a camera's JPEG itself and hands out raw pictures only.
      options.pixel_format = 'nv12';
      return { format: platformFormat, url: device, options };
  }
}

/** Whether asking for the camera's JPEG makes any sense on this platform. */
export function canAskForJpeg(platformFormat = Device.getVideoFormat()): boolean {
  return platformFormat !== 'avfoundation';
}

type OpenedInput = { context: FormatContext } | { code: number };

/** Opens an input; a refusal comes back as FFmpeg's code, since what it means depends on the asker. */
export async function openInput(request: InputRequest): Promise<OpenedInput> {
  const format = InputFormat.findInputFormat(request.format);
  if (format === null) throw readerCrashed(`has no “${request.format}” input`);
  const options: Dictionary = Options.fromObject(request.options);
  const context = new FormatContext();
  const code = await context.openInput(request.url, format, options);
  options.free();
  return code < 0 ? { code } : { context };
}
