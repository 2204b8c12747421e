import type { CameraMode } from '../../../../shared/cameras.ts';
import { machineNowUs } from '../machine-clock.ts';
import { jpegHeader } from './jpeg-header.ts';
import { JpegMender, type WholeJpeg } from './mend-jpeg.ts';
import type { CameraReader, RawPicture, ReaderTarget } from './reader.ts';
import { SingleFlight } from './single-flight.ts';

/** What a library does with a camera, without any care for who calls when. `P` is its raw picture. */
export type ReaderDriver<P> = {
  mode: CameraMode;
  passThrough: boolean;
  /** The next picture; rejects with a `StationError` when the camera is gone. */
  next(): Promise<P>;
  /** One JPEG, as the camera or the encoder made it; null where there is none. */
  encode(picture: P): Promise<Uint8Array | null>;
  free(picture: P): void;
  close(): void | Promise<void>;
};

/**
 * Makes a reader of a library's driver, the same for all of them: one read and one encode at a time,
 * every picture freed once, nothing closed while something is under way, and no JPEG of a camera
 * passed on before it was looked at.
 */
export function guardReader<P>(target: ReaderTarget, driver: ReaderDriver<P>): CameraReader {
  const reads = new SingleFlight('read');
  const encodes = new SingleFlight('encode');
  const mender = new JpegMender();
  let closed = false;

  async function encode(picture: P): Promise<WholeJpeg | null> {
    const jpeg = await driver.encode(picture);
    if (jpeg === null) return null;
    if (driver.passThrough) return mender.mend(jpeg);
    const size = jpegHeader(jpeg);
    return size && { data: jpeg, width: size.width, height: size.height };
  }

  async function readPicture(): Promise<RawPicture> {
    const picture = await driver.next();
    const readAtUs = machineNowUs();
    let released = false;
    return {
      readAtUs,
      encode: () => encodes.run(() => encode(picture)),
      release() {
        if (released) return;
        released = true;
        driver.free(picture);
      },
    };
  }

  return {
    name: target.name,
    device: target.device,
    mark: target.mark,
    mode: driver.mode,
    passThrough: driver.passThrough,
    read: () => reads.run(readPicture),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.all([reads.idle(), encodes.idle()]);
      await driver.close();
    },
  };
}
