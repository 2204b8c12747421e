import type { Capture } from '../../shared/captures.ts';
import { thumbnailPath } from '../../shared/captures.ts';
import type { Failure } from '../../shared/result.ts';
import type { Panels } from '../ui/panels.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { headlineOf } from '../words/error-words.ts';

type Tell = { toasts: Toasts; panels: Panels };

/** Says that a photo was kept, and leads to it. */
export function tellKept({ toasts, panels }: Tell, capture: Capture): void {
  toasts.show({
    key: 'capture',
    tone: 'neutral',
    title: 'Photo saved',
    picture: thumbnailPath(capture.id),
    action: { label: 'View', run: () => panels.openSheet(`photo:${capture.id}`) },
  });
}

/** Says why there is no photo, and what to do. */
export function tellNotKept(tell: Tell, error: Failure, holds: () => boolean): void {
  const title = `No photo: ${lowerFirst(headlineOf(error.code))}`;
  tellFailure({ ...tell, what: 'capture', error, title, holds });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
