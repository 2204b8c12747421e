import { AV_EF_EXPLODE, AVERROR_EAGAIN, AVMEDIA_TYPE_VIDEO } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, InputFormat, Packet } from 'node-av/lib';
import { MAX_FILM_PICTURE_PIXELS, MAX_PICTURE_PIXELS } from '../../shared/picture-bounds.ts';
import { mustHave, mustSucceed } from './status.ts';

/**
 * How each kind of file is read. FFmpeg must not choose by itself: a file that only calls itself a JPEG
 * could be a list of other files, or of addresses to ask.
 */
const READERS = { jpeg: 'jpeg_pipe', png: 'png_pipe', film: 'mov' } as const;
export type PictureFile = keyof typeof READERS;

/** More than one packet may come before the first picture, but not a film's worth. */
const MAX_PACKETS = 64;

/** The first picture in a file; the caller frees it. Runs in a child. @throws Error where there is none */
export async function firstPicture(path: string, kind: PictureFile): Promise<Frame> {
  const format = mustHave(InputFormat.findInputFormat(READERS[kind]), `reader of ${kind} files`);
  const context = new FormatContext();
  mustSucceed(await context.openInput(`file:${path}`, format), 'open the file');
  const packet = new Packet();
  packet.alloc();
  try {
    const stream = mustHave(
      context.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO) ?? null,
      'picture in this file',
    );
    const decoder = mustHave(Codec.findDecoder(stream.codecpar.codecId), 'decoder for it');
    const codec = new CodecContext();
    codec.allocContext3(decoder);
    try {
      mustSucceed(codec.parametersToContext(stream.codecpar), 'read its format');
      codec.threadCount = 1;
      const pixels = kind === 'film' ? MAX_FILM_PICTURE_PIXELS : MAX_PICTURE_PIXELS;
      mustSucceed(codec.setOption('max_pixels', pixels), 'bound the picture');
      if (kind !== 'film') mustSucceed(codec.setOption('err_detect', AV_EF_EXPLODE), 'be strict');
      mustSucceed(await codec.open2(decoder, null), 'start the decoder');
      return await decodeFirst(context, codec, packet, stream.index);
    } finally {
      codec.freeContext();
    }
  } finally {
    packet.free();
    await context.closeInput();
  }
}

async function decodeFirst(
  context: FormatContext,
  codec: CodecContext,
  packet: Packet,
  streamIndex: number,
): Promise<Frame> {
  const frame = new Frame();
  frame.alloc();
  try {
    for (let packets = 0; packets < MAX_PACKETS; packets++) {
      packet.unref();
      const isOver = (await context.readFrame(packet)) < 0;
      if (!isOver && packet.streamIndex !== streamIndex) continue;
      await codec.sendPacket(isOver ? null : packet);
      const status = await codec.receiveFrame(frame);
      if (status >= 0) return frame;
      if (isOver || status !== AVERROR_EAGAIN) break;
    }
    throw new Error('There is no picture in this file.');
  } catch (error) {
    frame.free();
    throw error;
  }
}
