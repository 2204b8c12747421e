import { isStationError } from '../../../base/failures.ts';
import { prepareChild } from '../../../processes/last-resort.ts';
import { connectToParent } from '../../../processes/parent.ts';
import { readerCrashed } from '../camera-failures.ts';
import { type FromReader, type OpenCommand, toReaderSchema } from '../channel.ts';
import { listCamerasHere, quietFfmpeg } from './ffmpeg-devices.ts';
import { openFfmpegReader } from './ffmpeg-reader.ts';
import { findTarget } from './find-device.ts';
import { FramePump } from './frame-pump.ts';
import { openOpencvReader } from './opencv-reader.ts';
import type { CameraReader } from './reader.ts';

/**
 * The process that holds a camera: the only place where a driver or native code runs. It serves one
 * command, `open` or `list`, and ends; whatever goes wrong in here costs this process and nothing else.
 */

/** Often enough to catch a leak of 30 pictures a second before it matters. */
const ALIVE_PERIOD_MS = 1_000;

prepareChild();
// A process with a thread stuck in a driver cannot end by `exit`; without its station it ends like this.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const parent = connectToParent();
const send = (message: FromReader) => parent.send(message);

let pump: FramePump | null = null;
let reader: CameraReader | null = null;
let closing = false;

quietFfmpeg();
setInterval(() => send({ type: 'alive', rssBytes: process.memoryUsage.rss() }), ALIVE_PERIOD_MS);
parent.onMessage((message) => {
  const command = toReaderSchema.parse(message);
  switch (command.type) {
    case 'open':
      run(() => open(command));
      break;
    case 'list':
      run(async () => send({ type: 'cameras', cameras: await listCamerasHere() }));
      break;
    case 'consumed':
      pump?.consumed(command.seq);
      break;
    case 'close':
      run(close);
      break;
  }
});

function run(work: () => Promise<void>): void {
  work().catch(fail);
}

async function open(command: OpenCommand): Promise<void> {
  if (reader !== null || pump !== null) throw new Error('a reader process opens one camera only');
  pump = new FramePump({
    picture: (picture) => send({ type: 'picture', ...picture }),
    dropped: (why) => send({ type: 'dropped', why }),
    failed: fail,
  });
  const target = await findTarget(command);
  reader =
    command.reader === 'opencv'
      ? await openOpencvReader(target, command.addonPath)
      : await openFfmpegReader(target);
  const { name, device, mark, mode, passThrough } = reader;
  send({ type: 'opened', name, device, mark, mode, passThrough });
  while (!closing) pump.offer(await reader.read());
}

/** Gives the device back before the process ends. A hung driver never gets here past the wait: the station kills then. */
async function close(): Promise<void> {
  if (closing) return;
  closing = true;
  pump?.close();
  await reader?.close();
  process.exit(0);
}

function fail(error: unknown): void {
  if (closing) return;
  const known = isStationError(error) ? error : readerCrashed(`failed: ${text(error)}`, error);
  send({ type: 'failed', failure: known.toFailure(), recoverable: known.recoverable });
}

/** OpenCV throws strings. */
function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
