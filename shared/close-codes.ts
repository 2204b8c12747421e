/** Why the station closes a page's WebSocket, beside the codes of the protocol itself. */
export const CLOSE_CODES = {
  /** As many watch already as may; another page has to go first. */
  tooManyViewers: 4001,
  /** The page has said nothing since it connected, or answers no ping. */
  silent: 4002,
} as const;
