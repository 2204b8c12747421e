import type { FastifyReply } from 'fastify';
import { isStationError, StationError } from '../base/failures.ts';
import type { PictureShape, Station } from '../station/station.ts';
import { sendFailure } from './http-api.ts';

/** A process that starts, and a group that is decoded, on a busy machine. */
const PICTURE_MS = 5_000;

type Asked = { address: string; shape: PictureShape };

/**
 * The newest picture in a shape of its own. It comes from those who watch this shape, where somebody does;
 * else one picture is made. Whoever wants many takes the stream.
 */
export async function sendShapedSnapshot(
  reply: FastifyReply,
  station: Station,
  asked: Asked,
): Promise<FastifyReply> {
  try {
    // Refuses where there is none, or an old one only.
    await station.snapshot();
    const jpeg = await firstPicture(station, asked);
    return reply.type('image/jpeg').header('cache-control', 'no-store').send(Buffer.from(jpeg));
  } catch (error) {
    if (!isStationError(error)) throw error;
    return sendFailure(reply, error.toFailure());
  }
}

async function firstPicture(station: Station, { address, shape }: Asked): Promise<Uint8Array> {
  let leave: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      const refuse = (why: string) =>
        reject(new StationError('no-picture', why, { retryAfterMs: 1_000 }));
      timer = setTimeout(() => refuse('No picture was made in time.'), PICTURE_MS);
      leave = station.watchPictures(
        {
          address,
          what: 'mjpeg',
          picture: ({ jpeg }) => resolve(jpeg),
          end: () => refuse('It was disconnected.'),
          dropped: () => 0,
        },
        shape,
      );
    });
  } finally {
    clearTimeout(timer);
    leave?.();
  }
}
