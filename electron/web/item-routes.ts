import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ITEM_FILE_ROUTE, ITEM_THUMBNAIL_ROUTE } from '../../shared/library.ts';
import { byteRange, contentDisposition } from '../base/byte-range.ts';
import { isStationError } from '../base/failures.ts';
import type { Station } from '../station/station.ts';
import { sendFailure } from './http-api.ts';

type ItemRequest = { Params: { id: string }; Querystring: { download?: string } };

/** Files of the library: to look at, to play (players ask for parts), to keep. */
export function addItemRoutes(server: FastifyInstance, station: Station): void {
  server.get<ItemRequest>(ITEM_FILE_ROUTE, (request, reply) =>
    orFailure(reply, async () => {
      const { path, size, type, fileName } = await station.openItem(request.params.id);
      const range = byteRange(request.headers.range, size);
      reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-cache');
      if (range === 'unsatisfiable') {
        return reply.code(416).header('content-range', `bytes */${size}`).send();
      }
      const isKept = request.query.download !== undefined;
      reply
        .type(type)
        .header(
          'content-disposition',
          contentDisposition(isKept ? 'attachment' : 'inline', fileName),
        );
      if (range === 'whole') {
        // A film that grows would otherwise not fit its own length.
        const stream = createReadStream(path, { end: Math.max(0, size - 1) });
        return reply.header('content-length', size).send(size === 0 ? '' : stream);
      }
      return reply
        .code(206)
        .header('content-range', `bytes ${range.start}-${range.end}/${size}`)
        .header('content-length', range.end - range.start + 1)
        .send(createReadStream(path, range));
    }),
  );

  server.get<ItemRequest>(ITEM_THUMBNAIL_ROUTE, (request, reply) =>
    orFailure(reply, async () => {
      const jpeg = await station.itemThumbnail(request.params.id);
      const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
      return reply.type('image/jpeg').header('cache-control', 'private, max-age=3600').send(bytes);
    }),
  );
}

async function orFailure(reply: FastifyReply, answer: () => Promise<unknown>): Promise<unknown> {
  try {
    return await answer();
  } catch (error) {
    if (!isStationError(error)) throw error;
    return sendFailure(reply, error.toFailure());
  }
}
