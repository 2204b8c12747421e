import { trueView } from '../../shared/view.ts';
import { StationError } from '../base/failures.ts';
import type { MediaClient } from '../media/media-client.ts';
import type { Frame } from '../video/frame-cache.ts';

/** Snapshots carry no thumbnail worth the name; the media process wants a size. */
const TINY_THUMBNAIL_WIDTH = 16;

/**
 * The newest picture as JPEG for eyes and scripts. Everybody who asks for the same frame shares one
 * decode, so a hundred scripts cost as much as one.
 */
export class Snapshots {
  readonly #media: MediaClient;
  #newest: { frame: Frame; jpeg: Promise<Uint8Array> } | null = null;

  constructor(media: MediaClient) {
    this.#media = media;
  }

  /** @throws StationError `no-picture`, `decode-failed`, `busy` */
  jpeg(group: readonly Frame[]): Promise<Uint8Array> {
    const frame = group.at(-1);
    if (frame === undefined) {
      return Promise.reject(new StationError('no-picture', 'There is no picture yet.'));
    }
    if (frame.format.codec === 'jpeg') return Promise.resolve(frame.data);
    if (this.#newest?.frame !== frame) {
      const jpeg = this.#decode(group);
      this.#newest = { frame, jpeg };
      jpeg.catch(() => {
        if (this.#newest?.frame === frame) this.#newest = null;
      });
    }
    return this.#newest.jpeg;
  }

  async #decode(group: readonly Frame[]): Promise<Uint8Array> {
    const picture = await this.#media.picture({
      codec: 'h264',
      units: group.map((unit) => unit.data),
      format: 'jpeg',
      thumbnailWidth: TINY_THUMBNAIL_WIDTH,
      view: trueView,
    });
    return picture.image;
  }
}
