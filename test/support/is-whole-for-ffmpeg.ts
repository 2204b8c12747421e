import { AV_CODEC_ID_MJPEG, AV_EF_EXPLODE, AV_LOG_FATAL } from 'node-av/constants';
import { Codec, CodecContext, Frame, Log, Packet } from 'node-av/lib';

/** Whether FFmpeg's decoder, told to be strict, finds nothing wrong with a JPEG. */
export function isWholeForFfmpeg(jpeg: Uint8Array): boolean {
  Log.setLevel(AV_LOG_FATAL);
  const decoder = Codec.findDecoder(AV_CODEC_ID_MJPEG);
  if (decoder === null) throw new Error('no JPEG decoder');
  const context = new CodecContext();
  context.allocContext3(decoder);
  context.threadCount = 1;
  context.setOption('err_detect', AV_EF_EXPLODE);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  try {
    if (context.open2Sync(decoder, null) < 0) throw new Error('no decoder');
    packet.data = Buffer.from(jpeg);
    return context.sendPacketSync(packet) >= 0 && context.receiveFrameSync(frame) >= 0;
  } finally {
    frame.free();
    packet.free();
    context.freeContext();
  }
}
