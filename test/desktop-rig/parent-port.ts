/**
 * Loaded before a utility process's own entry: gives it Electron's `process.parentPort` and takes away
 * what plain Node has instead, so that a child cannot lean on it.
 */
const send = process.send?.bind(process);
const listeners: ((event: { data: unknown; ports: [] }) => void)[] = [];

// Like Electron's port, this one holds its messages until somebody listens.
const held: unknown[] = [];
process.on('message', (data) => {
  if (listeners.length === 0) held.push(data);
  for (const listener of listeners) listener({ data, ports: [] });
});
// A utility process does not outlive its app.
process.on('disconnect', () => process.exit(0));

Object.defineProperty(process, 'send', { value: undefined });
Object.defineProperty(process, 'parentPort', {
  value: {
    postMessage(message: unknown) {
      send?.(structuredClone(message), undefined, undefined, () => undefined);
    },
    on(event: string, listener: (event: { data: unknown; ports: [] }) => void) {
      if (event !== 'message') throw new Error(`parentPort has no event '${event}'.`);
      listeners.push(listener);
      setImmediate(() => {
        for (const data of held.splice(0)) listener({ data, ports: [] });
      });
      return this;
    },
  },
});
