import type { CameraMode } from '../../../../shared/cameras.ts';
import type { StationError } from '../../../base/failures.ts';
import { cameraMode, readerCrashed } from '../camera-failures.ts';
import { chooseMode, isOtherMode, modeWords } from './choose-mode.ts';
import { openFailure, readFailure } from './ffmpeg-errors.ts';
import { cameraRequest, openInput } from './ffmpeg-input.ts';
import { guardReader } from './guard-reader.ts';
import { loadOpencv, type Mat, type Opencv, type VideoCapture } from './opencv-addon.ts';
import { openOpencvTestPicture } from './opencv-test-picture.ts';
import type { CameraReader, ReaderTarget } from './reader.ts';

/** Near the FFmpeg reader's quality, in OpenCV's own scale (100 is best). */
const JPEG_QUALITY = 85;
const MJPG = fourcc('MJPG');

/** Where pictures come from: a device, or the drawn test picture. */
export type MatSource = {
  mode: CameraMode;
  /** True where the Mat is the camera's own JPEG, one row of bytes. */
  compressed: boolean;
  /** The next Mat, owned by the caller; null when the camera gave none. */
  next(): Promise<Mat | null>;
  close(): void;
};

/** Opens a camera through OpenCV's `VideoCapture`. Rejects with a `StationError`, like the FFmpeg reader. */
export async function openOpencvReader(
  target: ReaderTarget,
  addonPath: string | undefined,
): Promise<CameraReader> {
  const cv = loadOpencv(addonPath);
  const source = target.synthetic
    ? openOpencvTestPicture(cv, target.wanted)
    : await openCapture(cv, target);
  return guardReader<Mat>(target, {
    mode: source.mode,
    passThrough: source.compressed,
    async next() {
      const mat = await source.next();
      // OpenCV does not say why; the driver would have said an I/O error.
      if (mat === null) throw readFailure(target.name, 0);
      return mat;
    },
    encode: (mat) => encode(cv, mat, source.compressed),
    free: (mat) => mat.release(),
    close: () => source.close(),
  });
}

async function openCapture(cv: Opencv, target: ReaderTarget): Promise<MatSource> {
  const chosen = chooseMode(target.modes, target.wanted);
  if (chosen === undefined && target.wanted !== undefined && target.modes.length > 0) {
    throw cameraMode(target.name, modeWords(target.wanted), []);
  }
  const mode = chosen ?? target.wanted;
  const capture = await openDevice(cv, target, mode);
  try {
    if (chosen?.format === 'mjpeg') capture.set(cv.CAP_PROP_FOURCC, MJPG);
    if (mode !== undefined) {
      capture.set(cv.CAP_PROP_FRAME_WIDTH, mode.width);
      capture.set(cv.CAP_PROP_FRAME_HEIGHT, mode.height);
      capture.set(cv.CAP_PROP_FPS, mode.fps);
    }
    const opened = openedMode(cv, capture, target);
    const compressed =
      opened.format === 'mjpeg' && capture.set(cv.CAP_PROP_CONVERT_RGB, 0) === true;
    return {
      mode: opened,
      compressed,
      next: () => readAsync(capture),
      close: () => capture.release(),
    };
  } catch (error) {
    capture.release();
    throw error;
  }
}

/** OpenCV says only that it failed, so FFmpeg is asked why. */
async function openDevice(
  cv: Opencv,
  target: ReaderTarget,
  mode: Pick<CameraMode, 'width' | 'height' | 'fps'> | undefined,
): Promise<VideoCapture> {
  const [device, backend] = address(cv, target);
  try {
    return new cv.VideoCapture(device, backend);
  } catch (thrown) {
    throw await whyNotOpen(target, mode, thrown);
  }
}

async function whyNotOpen(
  target: ReaderTarget,
  mode: Pick<CameraMode, 'width' | 'height' | 'fps'> | undefined,
  thrown: unknown,
): Promise<StationError> {
  const opened = await openInput(cameraRequest(target.device, mode, false));
  if ('code' in opened) {
    return openFailure(
      target.device,
      opened.code,
      mode === undefined ? 'any mode' : modeWords(mode),
    );
  }
  await opened.context.closeInput();
  return readerCrashed(`could not open “${target.name}” with OpenCV: ${String(thrown)}`, thrown);
}

/** The backend is always named: left to itself OpenCV wanders into GStreamer. */
function address(cv: Opencv, target: ReaderTarget): [string | number, number] {
  switch (process.platform) {
    case 'darwin':
      return [target.index, cv.CAP_AVFOUNDATION];
    case 'win32':
      return [target.index, cv.CAP_DSHOW];
    default:
      return [target.device, cv.CAP_V4L2];
  }
}

function openedMode(cv: Opencv, capture: VideoCapture, target: ReaderTarget): CameraMode {
  const width = capture.get(cv.CAP_PROP_FRAME_WIDTH);
  const height = capture.get(cv.CAP_PROP_FRAME_HEIGHT);
  const fps = capture.get(cv.CAP_PROP_FPS);
  const { wanted } = target;
  if (wanted !== undefined && isOtherMode(wanted, { width, height, fps })) {
    throw cameraMode(target.name, modeWords(wanted), []);
  }
  return { width, height, fps, format: formatName(capture.get(cv.CAP_PROP_FOURCC)) };
}

function readAsync(capture: VideoCapture): Promise<Mat | null> {
  return new Promise((resolve, reject) => {
    capture.readAsync((error, mat) => {
      if (error) reject(asError(error));
      else if (mat === undefined) resolve(null);
      else if (mat.empty) {
        mat.release();
        resolve(null);
      } else resolve(mat);
    });
  });
}

async function encode(cv: Opencv, mat: Mat, compressed: boolean): Promise<Uint8Array | null> {
  if (compressed) return mat.getData();
  return await new Promise((resolve, reject) => {
    cv.imencodeAsync('.jpg', mat, [cv.IMWRITE_JPEG_QUALITY, JPEG_QUALITY], (error, jpeg) => {
      if (error) reject(asError(error));
      else resolve(jpeg ?? null);
    });
  });
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function fourcc(letters: string): number {
  return Buffer.from(letters, 'latin1').readInt32LE(0);
}

function formatName(code: number): string {
  if (code === MJPG) return 'mjpeg';
  const letters = Buffer.alloc(4);
  letters.writeInt32LE(code | 0);
  return (
    letters
      .toString('latin1')
      .replaceAll(/[^ -~]/g, '')
      .trim()
      .toLowerCase() || 'raw'
  );
}
