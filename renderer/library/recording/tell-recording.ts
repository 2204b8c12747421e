import type { Kept } from '../../../shared/recording.ts';
import type { Panels } from '../../ui/panels.ts';
import type { Toasts } from '../../ui/toasts.ts';
import { headlineOf, tipOf } from '../../words/error-words.ts';
import { say } from '../../words/language.ts';
import { clock } from '../../words/time.ts';

type Tell = { toasts: Toasts; panels: Panels };

/** Says what became of a film, and leads to it. Only what is finished and at its place is called kept. */
export function tellFilms({ toasts, panels }: Tell, { why, films, error }: Kept): void {
  const words = say().recording;
  const action = { label: say().capture.view, run: () => panels.openSheet('library') };
  const names = films.map(
    ({ fileName, durationMs }) => `${fileName} (${clock(durationMs / 1_000)})`,
  );
  const detail = [
    why === 'asked' ? '' : words.ends[why],
    names.join(', '),
    error === null ? '' : `${headlineOf(error.code)}. ${tipOf(error)}`,
  ];
  toasts.show({
    key: `film:${why}`,
    tone: error === null && why !== 'disk-low' ? 'neutral' : 'danger',
    title: films.length === 0 ? words.none : titleOf(why),
    detail: detail.filter(Boolean).join(' '),
    ...(films.length === 0 ? {} : { action }),
  });
}

function titleOf(why: Kept['why']): string {
  const words = say().recording;
  return why === 'recovered' ? words.recovered : words.kept;
}
