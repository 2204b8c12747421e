/** Names of the channels between main and the preload script. The page never learns them. */
export const CHANNELS = {
  /** invoke: (name, input) → Result */
  request: 'hoverdeck:request',
  /** main → page: (name, payload) */
  event: 'hoverdeck:event',
  /** page → main: a fresh frame port is wanted */
  openFrames: 'hoverdeck:open-frames',
  /** main → page, with one port */
  frames: 'hoverdeck:frames',
  /** main → page: a menu command */
  command: 'hoverdeck:command',
} as const;
