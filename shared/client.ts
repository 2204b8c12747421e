import type { CommandName } from './commands.ts';
import type { EventName, EventPayload } from './events.ts';
import type { RequestFunction } from './requests.ts';

export type Unsubscribe = () => void;

/** Whether the page can reach its station at all. */
export type LinkState = 'connecting' | 'open' | 'lost';

/**
 * Where the painter's worker gets its frames: a message port (desktop), or a WebSocket address it
 * opens by itself (browser). Both carry the messages of `frames.ts`, one message an `ArrayBuffer`.
 */
export type FrameLink<Port extends MessagePortLike = MessagePortLike> =
  | { kind: 'port'; port: Port }
  | { kind: 'socket'; url: string };

/** `MessagePort`, as far as this contract needs it; `shared/` knows no DOM. */
type MessagePortLike = { postMessage(message: unknown): void };

/** The station as the page sees it. Desktop and browser hosts each provide one; the page cannot tell which. */
export type StationClient = {
  request: RequestFunction;
  on<N extends EventName>(name: N, callback: (payload: EventPayload<N>) => void): Unsubscribe;
  onLink(callback: (state: LinkState) => void): Unsubscribe;
  /** A fresh link to the frames; the former one, if any, is closed by the station. */
  openFrameLink(): Promise<FrameLink>;
};

/**
 * What the preload script exposes to the page as `window.hoverdeck`: named functions, never a channel.
 * `openFrames` makes main send a port, which the preload posts to the page as
 * `window.postMessage({ type: FRAME_PORT_MESSAGE }, origin, [port])`.
 */
export type DesktopBridge = {
  request(name: string, input: unknown): Promise<unknown>;
  onEvent(callback: (name: string, payload: unknown) => void): Unsubscribe;
  openFrames(): void;
  /** What the menu asks the page to carry out. */
  onCommand(callback: (command: CommandName) => void): Unsubscribe;
};

export const FRAME_PORT_MESSAGE = 'hoverdeck:frame-port';
