import type { DesktopBridge } from '../../../shared/client.ts';

declare global {
  /** What the fixture page puts on its window. */
  interface Window {
    hoverdeck: DesktopBridge;
    seen: {
      events: { name: string; payload: unknown }[];
      commands: string[];
      portMessages: { isBuffer: boolean; bytes: number; type: number }[];
      portsClosed: number;
    };
  }
}
