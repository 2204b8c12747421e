import type { SourceSpec } from '../../shared/source.ts';

/** What a source is called until it is open and says so itself. */
export function provisionalName(spec: SourceSpec): string {
  switch (spec.kind) {
    case 'simulator':
      return 'Simulated drone';
    case 'tello':
      return 'Tello';
    case 'webcam':
      return spec.device ?? 'Webcam';
  }
}
