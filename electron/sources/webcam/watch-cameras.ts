import { type FSWatcher, readdirSync, watch } from 'node:fs';

/** Plugging in makes several nodes appear over some hundred milliseconds; the list is asked for once, after them. */
const SETTLE_MS = 700;
/** Where nothing tells of changes, the list is asked for: opening every camera is not cheap, so not often. */
const POLL_MS = 5_000;
/** Cameras appear here on Linux, in every distribution and in containers too. */
const DEVICE_FOLDER = '/dev';
const CAMERA_NODE = /^video\d+$/;

type WatchOptions = {
  settleMs?: number;
  pollMs?: number;
  folder?: string;
};

/**
 * Calls `onChange` some moments after a camera was plugged in or out. On Linux it looks when the
 * device folder changes and compares the camera nodes; elsewhere, where only a listing could tell,
 * it just calls at a slow pace. Returns the end of it.
 */
export function watchCameras(onChange: () => void, options: WatchOptions = {}): () => void {
  const { settleMs = SETTLE_MS, pollMs = POLL_MS, folder = DEVICE_FOLDER } = options;
  let settling: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  let before = cameraNodes(folder);

  const poll = () => {
    polling = setInterval(onChange, pollMs);
  };
  const look = () => {
    settling = undefined;
    const now = cameraNodes(folder);
    if (now === before) return;
    before = now;
    onChange();
  };

  if (process.platform === 'linux') {
    try {
      watcher = watch(folder, (_event, name) => {
        if (name === null || CAMERA_NODE.test(name)) settling ??= setTimeout(look, settleMs);
      });
      watcher.once('error', () => {
        watcher?.close();
        poll();
      });
    } catch {
      // No watches left on this machine: looking now and then does it as well.
      poll();
    }
  } else {
    poll();
  }

  return () => {
    clearTimeout(settling);
    clearInterval(polling);
    watcher?.close();
  };
}

/** The camera nodes with nothing else, in one comparable string. */
function cameraNodes(folder: string): string {
  try {
    return readdirSync(folder)
      .filter((name) => CAMERA_NODE.test(name))
      .toSorted()
      .join(' ');
  } catch {
    // The folder itself is gone, which is a change of its own.
    return '';
  }
}
