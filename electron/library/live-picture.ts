import { STALE_AFTER_MS } from '../../shared/status.ts';
import { StationError } from '../base/failures.ts';
import { takeCachedGroup } from '../video/cached-group.ts';
import type { Frame } from '../video/frame-cache.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type { SourceFacts } from '../video/source.ts';

/**
 * The cached group that ends with the newest picture, if that is a live one.
 * @throws StationError `not-connected`, `no-picture`, `stale-picture`
 */
export function takeLivePicture(hub: FrameHub, source: SourceFacts, by: string): readonly Frame[] {
  const group = takeCachedGroup(hub, by);
  if (group.length === 0 || source.frameAgeMs === null) throw noPicture(source);
  if (source.frameAgeMs > STALE_AFTER_MS) {
    const seconds = Math.round(source.frameAgeMs / 1_000);
    throw new StationError('stale-picture', `The newest picture is ${seconds} s old.`, {
      tip: 'Wait until the picture is back.',
      retryAfterMs: STALE_AFTER_MS,
    });
  }
  return group;
}

function noPicture({ connected, tip }: SourceFacts): StationError {
  if (!connected) {
    return new StationError('not-connected', 'Nothing is connected.', {
      tip: 'Choose a source and connect first.',
    });
  }
  return new StationError('no-picture', 'There is no picture yet.', {
    tip: tip ?? 'Wait until the picture is there.',
    retryAfterMs: 1_000,
  });
}
