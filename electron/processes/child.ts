/**
 * One child process as the station sees it, whatever starts it: `child_process` in plain Node,
 * `utilityProcess` in Electron. Messages are structured clones; a Uint8Array arrives as one.
 */
export type Child = {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(callback: (message: unknown) => void): void;
  /** Called once, when the process is gone, however it went. */
  onExit(callback: (exit: ChildExit) => void): void;
  /** The last lines the child wrote to stderr, newest last; bounded. */
  lastWords(): string;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
};

export type ChildExit = {
  code: number | null;
  signal: string | null;
  /** The system's word for why there never was a process, e.g. `EMFILE`. */
  startError?: string;
};

/** The entries that may be started as a child; each is a bundle of its own beside main. */
export type ChildEntry = 'simulator' | 'media' | 'recorder' | 'transcoder' | 'webcam-reader';

export type StartOptions = {
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Runs the child on another Node than this one (the OpenCV addon is tied to the ABI that built it). */
  nodePath?: string;
};

export type StartChild = (entry: ChildEntry, options?: StartOptions) => Child;
