import type { Camera } from '../../../shared/cameras.ts';
import { StationError } from '../../base/failures.ts';
import type { StartChild } from '../../processes/child.ts';
import { cameraHung, readerCrashed, readerEnded } from './camera-failures.ts';
import { ReaderChild } from './reader-child.ts';
import { READER_LIMITS, type ReaderLimits } from './reader-limits.ts';
import { testCamera } from './test-camera.ts';

type ListCamerasOptions = {
  startChild: StartChild;
  limits?: ReaderLimits;
  /** Adds the test picture at the end: for development builds. */
  withTestPicture?: boolean;
};

/** One listing at a time a starter: the callers in between get the same answer. */
const underWay = new WeakMap<StartChild, Promise<Camera[]>>();

/**
 * The cameras of this machine by name, with what they offer. Asks in a child, since drivers may hang:
 * rejects with a `StationError` (`camera-hung`, `reader-crashed`) after `listMs` at the latest.
 */
export async function listCameras(options: ListCamerasOptions): Promise<Camera[]> {
  const { startChild, limits = READER_LIMITS, withTestPicture = false } = options;
  let listing = underWay.get(startChild);
  if (listing === undefined) {
    listing = listInChild(startChild, limits).finally(() => underWay.delete(startChild));
    underWay.set(startChild, listing);
  }
  const cameras = await listing;
  return withTestPicture ? [...cameras, testCamera()] : cameras;
}

function listInChild(startChild: StartChild, limits: ReaderLimits): Promise<Camera[]> {
  return new Promise((resolve, reject) => {
    const child = new ReaderChild(startChild, {}, limits, {
      message(message) {
        if (message.type === 'cameras') settle(() => resolve(message.cameras), 'end');
        if (message.type === 'failed') {
          const { code, message: text } = message.failure;
          settle(() => reject(new StationError(code, text)), 'end');
        }
      },
      garbage: () => fail(readerCrashed('said something that makes no sense')),
      bloated: () => fail(readerCrashed('took too much memory while listing')),
      exit: (exit, lastWords) => fail(readerEnded(exit, lastWords)),
    });
    const timer = setTimeout(() => fail(cameraHung('open', limits.listMs)), limits.listMs);
    const fail = (error: StationError) => settle(() => reject(error), 'kill');
    // Answers when the child is gone, so that a listing never stands in the way of an opening.
    function settle(tell: () => void, how: 'end' | 'kill'): void {
      clearTimeout(timer);
      void (how === 'kill' ? child.kill() : child.end()).then(tell);
    }
    child.send({ type: 'list' });
  });
}
