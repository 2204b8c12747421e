import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Failure } from '../../shared/result.ts';
import { H264_PATH, MJPEG_PATHS, SNAPSHOT_PATHS, streamQuerySchema } from '../../shared/share.ts';
import { nowUs } from '../base/clock.ts';
import { isStationError } from '../base/failures.ts';
import type { PictureShape, Station } from '../station/station.ts';
import { sendFailure, sendSnapshot } from './http-api.ts';
import { MJPEG_HEADERS, MjpegWriter } from './mjpeg-writer.ts';
import { noSignalJpeg } from './no-signal.ts';
import { sendShapedSnapshot } from './shaped-snapshot.ts';

/** Past this without a picture the stream says so, once a second: no old picture passes for a new one. */
const NO_SIGNAL_AFTER_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
/** A second of the drone's film waits for a slow reader; then it goes on from the next keyframe. */
const MAX_UNREAD_BYTES = 1_000_000;
const H264_HEADERS = {
  'Content-Type': 'video/h264',
  'Cache-Control': 'no-cache',
  Connection: 'close',
} as const;
/** What makes a snapshot one of a shape of its own. */
const SHAPING = ['width', 'quality', 'rotate', 'mirror'] as const;
/** `/?action=…`: the names MJPG-streamer gave them, on the page's own address. */
const STREAM_ACTION = 'stream';
const SNAPSHOT_ACTION = 'snapshot';

/**
 * The streams, for whatever wants to watch: browsers, OBS, home servers, scripts. The page shares its
 * address with two of them, so it is sent from here.
 */
export function addStreamRoutes(
  server: FastifyInstance,
  station: Station,
  headers: () => Record<string, string>,
  sendPage: (request: FastifyRequest, reply: FastifyReply) => FastifyReply,
): void {
  const pictures = (request: FastifyRequest, reply: FastifyReply) =>
    sendPictures(request, reply, station, headers());
  const picture = (request: FastifyRequest, reply: FastifyReply) =>
    sendPicture(request, reply, station);
  for (const path of MJPEG_PATHS) server.get(path, pictures);
  for (const path of SNAPSHOT_PATHS) server.get(path, picture);
  server.get(H264_PATH, (request, reply) => sendStream(request, reply, station, headers()));
  server.get('/', (request, reply) => {
    const { action } = request.query as { action?: unknown };
    if (action === STREAM_ACTION) return pictures(request, reply);
    if (action === SNAPSHOT_ACTION) return picture(request, reply);
    return sendPage(request, reply);
  });
}

function sendPictures(
  request: FastifyRequest,
  reply: FastifyReply,
  station: Station,
  headers: Record<string, string>,
): unknown {
  const shape = shapeOf(request);
  if ('code' in shape) return sendFailure(reply, shape);
  if (request.method === 'HEAD') return reply.headers(MJPEG_HEADERS).send();
  const { raw: response } = reply;
  let newestAtMs = performance.now();
  let writer: MjpegWriter | null = null;
  return begin(
    reply,
    () =>
      station.watchPictures(
        {
          address: request.ip,
          what: 'mjpeg',
          picture(picture) {
            newestAtMs = performance.now();
            writer?.write(picture);
          },
          end: () => response.destroy(),
          dropped: () => writer?.dropped ?? 0,
        },
        shape,
      ),
    () => {
      response.writeHead(200, { ...headers, ...MJPEG_HEADERS });
      const mine = new MjpegWriter(response);
      writer = mine;
      const timer = setInterval(() => {
        if (mine.isStalled) response.destroy();
        else if (performance.now() - newestAtMs > NO_SIGNAL_AFTER_MS) {
          mine.write({ jpeg: noSignalJpeg, capturedAtUs: nowUs() });
        }
      }, LOOK_EVERY_MS);
      response.once('close', () => clearInterval(timer));
    },
  );
}

/** The newest picture; in a shape of its own where one is asked for. */
function sendPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  station: Station,
): Promise<FastifyReply> | FastifyReply {
  const shape = shapeOf(request);
  if ('code' in shape) return sendFailure(reply, shape);
  const asked = request.query as object;
  const isShaped = SHAPING.some((key) => key in asked);
  return isShaped
    ? sendShapedSnapshot(reply, station, { address: request.ip, shape })
    : sendSnapshot(reply, station);
}

function shapeOf(request: FastifyRequest): PictureShape | Failure {
  const query = streamQuerySchema.safeParse(request.query);
  if (query.success) {
    const { fps, width, quality, rotate, mirror } = query.data;
    return { fps, width: width ?? null, quality, view: { mirror, rotateDegrees: rotate } };
  }
  const [issue] = query.error.issues;
  const message = `${String(issue?.path[0] ?? 'A value')}: ${issue?.message ?? 'wrong'}.`;
  return { code: 'bad-request', message };
}

async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  station: Station,
  headers: Record<string, string>,
): Promise<unknown> {
  const status = await station.request('status.get', {});
  if (status.ok && status.value.video?.codec === 'jpeg') {
    const message = 'The source has no H.264: its pictures are JPEG.';
    const error: Failure = { code: 'unsupported', message, tip: 'Take /stream.mjpeg.' };
    return reply.code(409).header('cache-control', 'no-store').send({ error });
  }
  if (request.method === 'HEAD') return reply.headers(H264_HEADERS).send();
  const { raw: response } = reply;
  let dropped = 0;
  let isBegun = false;
  const early: Uint8Array[] = [];
  const client = {
    address: request.ip,
    what: 'h264' as const,
    end: () => response.destroy(),
    dropped: () => dropped,
  };
  return begin(
    reply,
    () =>
      station.watchStream(client, {
        unit(data) {
          // The cached group comes before the headers are written.
          if (!isBegun) early.push(data);
          else if (response.writableLength > MAX_UNREAD_BYTES) {
            dropped++;
            return false;
          } else response.write(data);
          return true;
        },
        unsuitable: () => response.destroy(),
      }),
    () => {
      response.writeHead(200, { ...headers, ...H264_HEADERS });
      // A player that waits for a source is told at once that it came to the right place.
      response.flushHeaders();
      isBegun = true;
      for (const data of early.splice(0)) response.write(data);
    },
  );
}

/** Takes the reply over from the framework: it goes on until somebody leaves. */
function begin(reply: FastifyReply, watch: () => () => void, open: () => void): unknown {
  const { raw: response } = reply;
  let leave: () => void;
  try {
    leave = watch();
  } catch (error) {
    if (!isStationError(error)) throw error;
    return sendFailure(reply, error.toFailure());
  }
  reply.hijack();
  // A stream without an end has no chunks either: old players read it as it comes.
  response.removeHeader('Transfer-Encoding');
  response.once('close', leave);
  response.on('error', leave);
  open();
  return reply;
}
