import { type Capture, thumbnailPath } from '../../shared/captures.ts';
import type { Host } from '../../shared/host.ts';
import type { Result } from '../../shared/result.ts';
import type { Toasts } from '../ui/toasts.ts';
import { headlineOf, tipOf } from '../words/error-words.ts';

/** Says how a capture went: where the photo is, or what failed and what to do. */
export function tellCapture(
  toasts: Toasts,
  result: Result<Capture>,
  host: Host | null,
  showInFolder: (id: string) => void,
): void {
  if (!result.ok) {
    const { error } = result;
    toasts.show({
      key: 'capture-failed',
      tone: 'danger',
      title: `No photo: ${lowerFirst(headlineOf(error.code))}`,
      detail: `${error.message} ${tipOf(error)}`,
    });
    return;
  }
  const capture = result.value;
  const local = host?.canShowInFolder === true;
  toasts.show({
    key: 'captured',
    tone: 'neutral',
    title: 'Photo saved',
    detail: capture.fileName,
    picture: thumbnailPath(capture.id),
    ...(local ? { action: { label: 'Show in folder', run: () => showInFolder(capture.id) } } : {}),
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
