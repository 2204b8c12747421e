import type { FrameHub } from '../video/frame-hub.ts';

/** Takes a stream as it is: parameter sets and units with start codes, from a keyframe on. */
export type AnnexB = {
  /** Whether there is room; if not, what follows begins with the next keyframe. */
  unit(data: Uint8Array): boolean;
  /** A source whose pictures are no H.264. */
  unsuitable(): void;
};

/** Passes the hub's units on, each once and in order. Returns the end of it. */
export function subscribeAnnexB(hub: FrameHub, sink: AnnexB): () => void {
  let needsKeyframe = true;
  let generation = -1;
  const subscribed = hub.subscribe({
    name: 'h264 stream',
    kind: 'share',
    credit: null,
    startsAt: 'cached-group',
    take(frame) {
      if (frame.format.codec !== 'h264') {
        sink.unsuitable();
        return;
      }
      if (frame.generation !== generation) {
        generation = frame.generation;
        needsKeyframe = true;
      }
      if (needsKeyframe && !frame.keyframe) return;
      needsKeyframe = !sink.unit(frame.data);
    },
  });
  return () => subscribed.close();
}
