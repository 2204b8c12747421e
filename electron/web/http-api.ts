import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PICTURE_ROUTE, THUMBNAIL_ROUTE } from '../../shared/captures.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { Caller } from '../base/caller.ts';
import { isStationError } from '../base/failures.ts';
import type { Station } from '../station/station.ts';
import type { TurnedAway } from './turned-away.ts';

/** HTTP's word for a failure; everything else is the server's fault. */
const HTTP_STATUS: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  'not-trusted': 403,
  'not-found': 404,
  unsupported: 501,
  busy: 503,
  'not-connected': 503,
  'no-picture': 503,
  'stale-picture': 503,
  'decode-failed': 503,
  flying: 409,
  'not-flying': 409,
  'not-ready': 409,
  'not-the-pilot': 409,
};

/** By which two scripts that fly can be told apart. */
const SCRIPT_NAME_HEADER = 'hoverdeck-script';

/** The station over plain HTTP: for scripts, and for eyes without a page. */
export function addHttpApi(
  server: FastifyInstance,
  station: Station,
  turnedAway: TurnedAway,
): void {
  server.get('/healthz', async () => ({ ok: true }));

  server.get('/api/web', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ turnedAway: turnedAway.counts() }),
  );

  server.get('/api/status', (_request, reply) =>
    sendValue(reply, station.request('status.get', {})),
  );

  server.get('/api/cameras', (_request, reply) =>
    sendValue(reply, station.request('cameras.list', {})),
  );

  server.post<{ Params: { name: string } }>('/api/request/:name', async (request, reply) => {
    const result = await station.answer(
      request.params.name,
      request.body ?? {},
      httpCaller(request.headers),
    );
    if (!result.ok) withFailureHeaders(reply, result.error);
    return reply.send(result);
  });

  server.get<{ Params: { id: string } }>(THUMBNAIL_ROUTE, (request, reply) => {
    const jpeg = station.thumbnail(request.params.id);
    if (jpeg === undefined) return sendFailure(reply, notAtHand);
    // A capture never changes, and its id is never used again.
    const forever = 'private, max-age=31536000, immutable';
    return reply.type('image/jpeg').header('cache-control', forever).send(asBuffer(jpeg));
  });

  server.get<{ Params: { id: string } }>(PICTURE_ROUTE, async (request, reply) => {
    try {
      const picture = await station.picture(request.params.id);
      if (picture === undefined) return sendFailure(reply, notAtHand);
      // The file is the user's: it may be moved or deleted at any time.
      return reply
        .type(`image/${picture.format}`)
        .header('cache-control', 'no-store')
        .send(asBuffer(picture.bytes));
    } catch (error) {
      if (!isStationError(error)) throw error;
      return sendFailure(reply, error.toFailure());
    }
  });
}

const notAtHand: Failure = {
  code: 'not-found',
  message: 'This photo is not among the last ten.',
};
/**
 * Nothing holds the requests of one script together but a name it may give itself; those without one
 * count as one.
 */
function httpCaller(headers: IncomingHttpHeaders): Caller {
  const given = headers[SCRIPT_NAME_HEADER];
  const name = typeof given === 'string' ? given.replace(/[^\w .-]/g, '').slice(0, 32) : '';
  return name === ''
    ? { id: 'http', name: 'A script over HTTP', gone: null }
    : { id: `http:${name}`, name: `Script “${name}”`, gone: null };
}

/** The same bytes: a hundred scripts that ask for one picture share it. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The newest picture as JPEG. */
export async function sendSnapshot(reply: FastifyReply, station: Station): Promise<FastifyReply> {
  try {
    const jpeg = await station.snapshot();
    return reply.type('image/jpeg').header('cache-control', 'no-store').send(asBuffer(jpeg));
  } catch (error) {
    if (!isStationError(error)) throw error;
    return sendFailure(reply, error.toFailure());
  }
}

async function sendValue(reply: FastifyReply, pending: Promise<Result<unknown>>): Promise<unknown> {
  const result = await pending;
  if (!result.ok) return sendFailure(reply, result.error);
  return reply.header('cache-control', 'no-store').send(result.value);
}

export function sendFailure(reply: FastifyReply, error: Failure): FastifyReply {
  return withFailureHeaders(reply, error).send({ error });
}

function withFailureHeaders(reply: FastifyReply, error: Failure): FastifyReply {
  reply.code(HTTP_STATUS[error.code] ?? 500).header('cache-control', 'no-store');
  if (error.retryAfterMs !== undefined) {
    reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
  }
  return reply;
}
