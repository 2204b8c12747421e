/** The child's end of its channel, the same under `child_process` and Electron's `utilityProcess`. */
export type Parent = {
  send(message: unknown): void;
  onMessage(callback: (message: unknown) => void): void;
};

/** `process.parentPort` as Electron gives it to a utility process; plain Node has none. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', callback: (event: { data: unknown }) => void): void;
};

/**
 * Connects a child to the process that started it, and ends the child when that process is gone:
 * no orphan may keep a camera or a socket.
 */
export function connectToParent(): Parent {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (callback) => port.on('message', (event) => callback(event.data)),
    };
  }
  // It may have gone while this process was still loading: then nobody was there to hear of it.
  if (!process.connected) process.exit(0);
  process.once('disconnect', () => process.exit(0));
  return {
    send(message) {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (callback) => void process.on('message', callback),
  };
}
