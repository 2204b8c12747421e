import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { type PhotoFormat, pictureId, thumbnailId } from '../../../shared/captures.ts';
import { pageHeaders } from '../../base/page-headers.ts';

import { log } from '../system/desktop-log.ts';
import { answerItem, type ItemSource } from './item-files.ts';
import { APP_SCHEME, isAppUrl } from './origin.ts';
import { resolvePageFile } from './page-files.ts';

export type AppProtocolOptions = {
  session: Session;
  /** Folder of the built page. */
  rendererFolder: string;
  thumbnail(id: string): Uint8Array | undefined;
  /** Rejects where the file cannot be read. */
  picture(id: string): Promise<{ bytes: Uint8Array; format: PhotoFormat } | undefined>;
  items: ItemSource;
};

/** Makes `app:` an ordinary, secure origin. Electron takes this before `ready` only. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        codeCache: true,
        stream: true,
      },
    },
  ]);
}

/** Serves the page, the thumbnails and the photos at hand on `app://hoverdeck/`. */
export function serveApp(options: AppProtocolOptions): void {
  options.session.protocol.handle(APP_SCHEME, (request) => answer(request, options));
}

async function answer(request: Request, options: AppProtocolOptions): Promise<Response> {
  if (!isAppUrl(request.url)) return refusal(404);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const { pathname } = new URL(request.url);

  const id = thumbnailId(pathname);
  if (id !== null) {
    const thumbnail = options.thumbnail(id);
    return thumbnail === undefined ? refusal(404) : content(thumbnail, 'image/jpeg');
  }
  const kept = pictureId(pathname);
  if (kept !== null) return keptPicture(kept, options);
  const item = await answerItem(request, options.items);
  if (item !== null) return item;
  const file = resolvePageFile(options.rendererFolder, pathname);
  if (file === null) return refusal(404);
  try {
    return content(await readFile(file.path), file.mediaType);
  } catch (error) {
    // Whatever the reason (no such file, a folder, no permission), there is nothing to show.
    log.error(`The page asked for ${pathname}, which cannot be read`, error);
    return refusal(404);
  }
}

async function keptPicture(id: string, options: AppProtocolOptions): Promise<Response> {
  try {
    const picture = await options.picture(id);
    return picture ? content(picture.bytes, `image/${picture.format}`) : refusal(404);
  } catch (error) {
    // Moved, deleted, or on a disk that is away: the page says that it cannot be shown.
    log.error('A photo could not be read', error);
    return refusal(404);
  }
}

function content(bytes: Uint8Array, mediaType: string): Response {
  // An exact copy: a pooled Buffer would carry its neighbours along.
  return new Response(new Uint8Array(bytes), {
    headers: { ...pageHeaders(), 'Content-Type': mediaType, 'Cache-Control': 'no-store' },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: pageHeaders() });
}
