import type { Capture } from '../../shared/captures.ts';
import { thumbnailPath } from '../../shared/captures.ts';
import type { Failure } from '../../shared/result.ts';
import type { Panels } from '../ui/panels.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { headlineOf } from '../words/error-words.ts';
import { currentLanguage, say } from '../words/language.ts';

type Tell = { toasts: Toasts; panels: Panels };

/** Says that a photo was kept, and leads to it. */
export function tellKept({ toasts, panels }: Tell, capture: Capture): void {
  toasts.show({
    key: 'capture',
    tone: 'neutral',
    title: say().capture.saved,
    picture: thumbnailPath(capture.id),
    action: { label: say().capture.view, run: () => panels.openSheet(`photo:${capture.id}`) },
  });
}

/** Says why there is no photo, and what to do. */
export function tellNotKept(tell: Tell, error: Failure, holds: () => boolean): void {
  const title = say().capture.notSaved(withinSentence(headlineOf(error.code)));
  tellFailure({ ...tell, what: 'capture', error, title, holds });
}

/** German writes its nouns with a capital, wherever they stand. */
function withinSentence(text: string): string {
  return currentLanguage() === 'de' ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
