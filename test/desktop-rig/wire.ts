/** What the rig's process and the world of a page's preload script say to each other. `…Text` is a clone. */
export type FromPage =
  | { type: 'invoke'; id: number; channel: string; argsText: string }
  | { type: 'send'; channel: string; argsText: string }
  | { type: 'port-message'; port: number; dataText: string }
  | { type: 'port-close'; port: number }
  | { type: 'key'; key: KeyStroke }
  | { type: 'window-open'; url: string }
  | { type: 'preload-done' }
  | { type: 'preload-failed'; message: string };

export type ToPage =
  | { type: 'reply'; id: number; ok: true; valueText: string }
  | { type: 'reply'; id: number; ok: false; message: string }
  | { type: 'event'; channel: string; argsText: string; ports: number[] }
  | { type: 'port-message'; port: number; dataText: string }
  | { type: 'port-close'; port: number };

/** A key the page did not want for itself: the menu may have it. */
export type KeyStroke = {
  key: string;
  control: boolean;
  shift: boolean;
  alt: boolean;
  meta: boolean;
};

/** Set by the rig around the two page scripts. */
export type WorldParameters = {
  /** Prefix of the DOM events between the two worlds; the page cannot guess it. */
  secret: string;
  /** Name of the binding that reaches the rig's process. */
  binding: string;
  /** Name of the function through which the rig's process reaches this world. */
  receiver: string;
};
