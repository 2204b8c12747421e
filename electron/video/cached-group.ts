import type { Frame } from './frame-cache.ts';
import type { FrameHub } from './frame-hub.ts';

/**
 * What is cached now: from the last keyframe to the newest frame, oldest first; empty where there is no
 * picture. Taken through the same door as everybody else's frames, for a photo or a snapshot.
 */
export function takeCachedGroup(hub: FrameHub, name: string): readonly Frame[] {
  const group: Frame[] = [];
  hub
    .subscribe({
      name,
      kind: 'picture',
      credit: null,
      startsAt: 'cached-group',
      take: (frame) => void group.push(frame),
    })
    .close();
  return group;
}
