import type { Status } from '../../shared/status.ts';
import { say } from './language.ts';

/** What the source is called: the page's own word where it is ours, the maker's where it is a camera. */
export function sourceName(status: Status | null): string {
  const words = say().sources;
  const source = status?.source;
  if (source?.kind === 'simulator') return words.simulator;
  if (source?.kind === 'webcam' && source.device === 'test') return words.testPicture;
  return status?.sourceName ?? words.source;
}
