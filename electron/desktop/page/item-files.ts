import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { itemOfPath } from '../../../shared/library.ts';
import { byteRange, contentDisposition } from '../../base/byte-range.ts';
import { pageHeaders } from '../../base/page-headers.ts';
import type { Station } from '../../station/station.ts';

type Body = ConstructorParameters<typeof Response>[0];
export type ItemSource = Pick<Station, 'openItem' | 'itemThumbnail'>;

/** Answers for a file of the library or its small picture; null for every other address. */
export async function answerItem(request: Request, items: ItemSource): Promise<Response | null> {
  const wanted = itemOfPath(new URL(request.url).pathname);
  if (wanted === null) return null;
  try {
    if (wanted.part === 'thumbnail') {
      const jpeg = new Uint8Array(await items.itemThumbnail(wanted.id));
      return new Response(jpeg, {
        headers: headers('image/jpeg', { 'Cache-Control': 'private, max-age=3600' }),
      });
    }
    return await fileOf(wanted.id, request.headers.get('range'), items);
  } catch {
    // Gone, unreadable, or no picture: the page shows what it shows for that. Who asked for a change of
    // the library hears the reason there.
    return new Response(null, { status: 404, headers: pageHeaders() });
  }
}

async function fileOf(
  id: string,
  rangeHeader: string | null,
  items: ItemSource,
): Promise<Response> {
  const { path, size, type, fileName } = await items.openItem(id);
  const range = byteRange(rangeHeader, size);
  const common = headers(type, {
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    'Content-Disposition': contentDisposition('inline', fileName),
  });
  if (range === 'unsatisfiable') {
    const unsatisfiable = { ...common, 'Content-Range': `bytes */${size}` };
    return new Response(null, { status: 416, headers: unsatisfiable });
  }
  if (range === 'whole') {
    const whole = { ...common, 'Content-Length': String(size) };
    return new Response(size === 0 ? null : stream(path, 0, size - 1), { headers: whole });
  }
  const { start, end } = range;
  return new Response(stream(path, start, end), {
    status: 206,
    headers: {
      ...common,
      'Content-Range': `bytes ${start}-${end}/${size}`,
      'Content-Length': String(end - start + 1),
    },
  });
}

function headers(type: string, more: Record<string, string>): Record<string, string> {
  return { ...pageHeaders(), 'Content-Type': type, ...more };
}

function stream(path: string, start: number, end: number): Body {
  // Node and the browser type the same stream twice.
  return Readable.toWeb(createReadStream(path, { start, end })) as Body;
}
