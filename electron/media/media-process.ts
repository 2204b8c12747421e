import type { Frame } from 'node-av';
import { decodeNewest } from '../ffmpeg/decode-picture.ts';
import { encodePicture } from '../ffmpeg/encode-picture.ts';
import { firstPicture } from '../ffmpeg/first-picture.ts';
import { turnPicture } from '../ffmpeg/turn-picture.ts';
import { prepareChild } from '../processes/last-resort.ts';
import { connectToParent } from '../processes/parent.ts';
import type {
  FileRequest,
  FileToPicture,
  MediaReply,
  MediaRequest,
  Picture,
} from './media-messages.ts';
import { embedFacts } from './metadata/embed.ts';

prepareChild();
// The only place where FFmpeg decodes: a crash in native code ends this process, not the station.
const parent = connectToParent();

parent.onMessage(async (message) => {
  const request = message as MediaRequest | FileRequest;
  try {
    reply({ id: request.id, ok: true, ...(await make(request)) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply({ id: request.id, ok: false, message: text });
  }
});

function reply(message: MediaReply): void {
  parent.send(message);
}

function make(request: MediaRequest | FileRequest): Promise<Picture> {
  return 'file' in request ? pictureOfFile(request.file) : makePicture(request);
}

async function pictureOfFile({ path, kind, width }: FileToPicture): Promise<Picture> {
  const picture = await firstPicture(path, kind);
  try {
    const image = encodePicture(picture, 'jpeg', width);
    return { image, thumbnail: image, width: picture.width, height: picture.height };
  } finally {
    picture.free();
  }
}

async function makePicture(request: MediaRequest): Promise<Picture> {
  const decoded = decodeNewest(request.codec, request.units);
  let turned: Frame | undefined;
  try {
    turned = await turnPicture(decoded, request.view);
    const untouched = turned === decoded && request.codec === 'jpeg' && request.format === 'jpeg';
    const original = request.units.at(-1);
    // A camera's own JPEG is kept as it is: encoding it again would only lose.
    const image = untouched && original ? original : encodePicture(turned, request.format);
    return {
      ...withFacts(image, request),
      thumbnail: encodePicture(turned, 'jpeg', request.thumbnailWidth),
      width: turned.width,
      height: turned.height,
    };
  } finally {
    if (turned !== decoded) turned?.free();
    decoded.free();
  }
}

function withFacts(
  image: Uint8Array,
  { format, facts }: MediaRequest,
): Pick<Picture, 'image' | 'factsMissing'> {
  if (facts === undefined) return { image };
  try {
    return { image: embedFacts(image, format, facts) };
  } catch (error) {
    // The picture is what counts.
    return { image, factsMissing: error instanceof Error ? error.message : String(error) };
  }
}
