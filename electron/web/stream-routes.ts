import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  H264_PATH,
  MJPEG_PATHS,
  SNAPSHOT_PATHS,
  type StreamQuery,
  streamQuerySchema,
} from '../../shared/share.ts';
import { isStationError } from '../base/failures.ts';
import type { Station } from '../station/station.ts';
import { sendFailure, sendSnapshot } from './http-api.ts';
import { MJPEG_HEADERS, MjpegWriter } from './mjpeg-writer.ts';
import { noSignalJpeg } from './no-signal.ts';

/** Past this without a picture the stream says so, once a second: no old picture passes for a new one. */
const NO_SIGNAL_AFTER_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
/** A second of the drone's film waits for a slow reader; then it goes on from the next keyframe. */
const MAX_UNREAD_BYTES = 1_000_000;
/** The names MJPG-streamer gave them, on the page's own address. */
const ACTIONS = ['stream', 'snapshot'] as const;

/** The streams, for whatever wants to watch: browsers, OBS, home servers, scripts. */
export function addStreamRoutes(
  server: FastifyInstance,
  station: Station,
  headers: () => Record<string, string>,
): void {
  for (const path of MJPEG_PATHS) {
    server.get(path, (request, reply) => sendPictures(request, reply, station, headers()));
  }
  for (const path of SNAPSHOT_PATHS) {
    server.get(path, (_request, reply) => sendSnapshot(reply, station));
  }
  server.get(H264_PATH, (request, reply) => sendStream(request, reply, station, headers()));
}

/** What `/?action=…` asks for; null for the page itself. */
export function actionOf(request: FastifyRequest): (typeof ACTIONS)[number] | null {
  const { action } = request.query as { action?: unknown };
  return ACTIONS.find((known) => known === action) ?? null;
}

export function sendPictures(
  request: FastifyRequest,
  reply: FastifyReply,
  station: Station,
  headers: Record<string, string>,
): unknown {
  const query = streamQuerySchema.safeParse(request.query);
  if (!query.success) {
    const [issue] = query.error.issues;
    const message = `${String(issue?.path[0] ?? 'A value')}: ${issue?.message ?? 'wrong'}.`;
    return sendFailure(reply, { code: 'bad-request', message });
  }
  const { raw: response } = reply;
  const shape = shapeOf(query.data);
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
          mine.write({ jpeg: noSignalJpeg, capturedAtUs: Date.now() * 1_000 });
        }
      }, LOOK_EVERY_MS);
      response.once('close', () => clearInterval(timer));
    },
  );
}

function shapeOf({ fps, width, quality, rotate, mirror }: StreamQuery) {
  return { fps, width: width ?? null, quality, view: { mirror, rotateDegrees: rotate } };
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
    return sendFailure(reply, { code: 'unsupported', message, tip: 'Take /stream.mjpeg.' });
  }
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
      response.writeHead(200, {
        ...headers,
        'Content-Type': 'video/h264',
        'Cache-Control': 'no-cache',
        Connection: 'close',
      });
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
