import type { ErrorCode } from '../../shared/errors.ts';
import type { Failure } from '../../shared/result.ts';
import { headlineOf, sentenceOf, tipOf } from '../words/error-words.ts';
import { say } from '../words/language.ts';
import type { Panels } from './panels.ts';
import type { ToastAction, Toasts } from './toasts.ts';

type Failed = {
  toasts: Toasts;
  panels: Panels;
  /** What they asked for: a new failure of the same takes the place of the former. */
  what: string;
  error: Failure;
  /** In place of the headline of its code. */
  title?: string;
  holds?: () => boolean;
};

/** Says that something a person asked for failed, and what to do; with the button that does it. */
export function tellFailure({ toasts, panels, what, error, title, holds }: Failed): void {
  // Cancelled by a newer wish of the same person: they know.
  if (error.code === 'cancelled') return;
  const action = mend(error.code, panels);
  toasts.show({
    key: `failure:${what}`,
    tone: 'danger',
    title: title ?? headlineOf(error.code),
    detail: [sentenceOf(error), tipOf(error)].filter(Boolean).join(' '),
    ...(action ? { action } : {}),
    ...(holds ? { holds } : {}),
  });
}

/** The way to where a failure is mended; null where nothing in the app mends it. */
function mend(code: ErrorCode, panels: Panels): ToastAction | null {
  switch (code) {
    case 'folder-missing':
    case 'folder-read-only':
    case 'write-failed':
    case 'disk-full':
      return { label: say().ui.chooseFolder, run: () => panels.openDrawer('settings') };
    case 'reader-missing':
      return { label: say().ui.openSettings, run: () => panels.openDrawer('settings') };
    case 'port-in-use':
      return { label: say().options.tello, run: () => panels.openSheet('options:tello') };
    default:
      return null;
  }
}
