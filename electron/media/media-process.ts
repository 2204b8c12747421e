import type { Frame } from 'node-av';
import { decodeNewest } from '../ffmpeg/decode-picture.ts';
import { encodePicture } from '../ffmpeg/encode-picture.ts';
import { turnPicture } from '../ffmpeg/turn-picture.ts';
import { prepareChild } from '../processes/last-resort.ts';
import { connectToParent } from '../processes/parent.ts';
import type { MediaReply, MediaRequest, Picture } from './media-messages.ts';

prepareChild();
// The only place where FFmpeg decodes: a crash in native code ends this process, not the station.
const parent = connectToParent();

parent.onMessage(async (message) => {
  const request = message as MediaRequest;
  try {
    reply({ id: request.id, ok: true, ...(await makePicture(request)) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply({ id: request.id, ok: false, message: text });
  }
});

function reply(message: MediaReply): void {
  parent.send(message);
}

async function makePicture(request: MediaRequest): Promise<Picture> {
  const decoded = decodeNewest(request.codec, request.units);
  let turned: Frame | undefined;
  try {
    turned = await turnPicture(decoded, request.view);
    const untouched = turned === decoded && request.codec === 'jpeg' && request.format === 'jpeg';
    const original = request.units.at(-1);
    return {
      // A camera's own JPEG is kept as it is: encoding it again would only lose.
      image: untouched && original ? original : encodePicture(turned, request.format),
      thumbnail: encodePicture(turned, 'jpeg', request.thumbnailWidth),
      width: turned.width,
      height: turned.height,
    };
  } finally {
    if (turned !== decoded) turned?.free();
    decoded.free();
  }
}
