import {
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_PNG,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUVJ420P,
  FF_QP2LAMBDA,
  SWS_BILINEAR,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet, Rational, SoftwareScaleContext } from 'node-av/lib';
import type { PhotoFormat } from '../../shared/captures.ts';
import { mustHave, mustSucceed } from './status.ts';

/** FFmpeg's JPEG quantiser, 2 (best) to 31; 3 is visually lossless and a third smaller than 2. */
const JPEG_QUANTISER = 3;
/** PNG's effort, 0–9; 1 is four times faster than the default and 10 % larger. */
const PNG_COMPRESSION = 1;

/** Encodes a picture, scaled to `width` where one is given. Runs in the media process only. */
export function encodePicture(source: Frame, format: PhotoFormat, width?: number): Uint8Array {
  const scaled = convert(source, format, width ?? source.width);
  try {
    return encode(scaled, format);
  } finally {
    scaled.free();
  }
}

/** Brings a frame to the size and the pixel format (full range for JPEG) the encoder wants. */
function convert(source: Frame, format: PhotoFormat, width: number): Frame {
  // Chroma planes are half as large: sizes stay even.
  const height = Math.max(2, Math.round((source.height * width) / source.width / 2) * 2);
  const exact = width === source.width ? source.height : height;
  const pixelFormat = format === 'jpeg' ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_RGB24;
  const target = new Frame();
  target.alloc();
  target.width = width;
  target.height = exact;
  target.format = pixelFormat;
  const scaler = new SoftwareScaleContext();
  try {
    mustSucceed(target.getBuffer(), 'allocate a picture');
    scaler.getContext(
      source.width,
      source.height,
      pixelFormatOf(source),
      width,
      exact,
      pixelFormat,
      SWS_BILINEAR,
    );
    mustSucceed(scaler.scaleFrameSync(target, source), 'convert the picture');
    return target;
  } catch (error) {
    target.free();
    throw error;
  } finally {
    scaler.freeContext();
  }
}

/** A video frame's format is a pixel format; the library's type also covers audio. */
function pixelFormatOf(frame: Frame): typeof AV_PIX_FMT_RGB24 {
  return frame.format as typeof AV_PIX_FMT_RGB24;
}

function encode(frame: Frame, format: PhotoFormat): Uint8Array {
  const codecId = format === 'jpeg' ? AV_CODEC_ID_MJPEG : AV_CODEC_ID_PNG;
  const encoder = mustHave(Codec.findEncoder(codecId), `${format} encoder`);
  const context = new CodecContext();
  context.allocContext3(encoder);
  const packet = new Packet();
  packet.alloc();
  try {
    context.width = frame.width;
    context.height = frame.height;
    context.pixelFormat = pixelFormatOf(frame);
    context.timeBase = new Rational(1, 1);
    context.threadCount = 1;
    if (format === 'jpeg') {
      mustSucceed(context.setOption('flags', 'qscale'), 'set the JPEG quality');
      context.globalQuality = JPEG_QUANTISER * FF_QP2LAMBDA;
      frame.quality = JPEG_QUANTISER * FF_QP2LAMBDA;
    } else {
      context.setOption('compression_level', PNG_COMPRESSION);
    }
    mustSucceed(context.open2Sync(encoder, null), 'open the encoder');
    frame.pts = 0n;
    mustSucceed(context.sendFrameSync(frame), 'encode the picture');
    context.sendFrameSync(null);
    mustSucceed(context.receivePacketSync(packet), 'encode the picture');
    if (packet.data === null) throw new Error('FFmpeg encoded an empty picture.');
    return new Uint8Array(packet.data);
  } finally {
    packet.free();
    context.freeContext();
  }
}
