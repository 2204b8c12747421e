import type { Camera, CameraMode } from '../../shared/cameras.ts';
import { type SourceSpec, type TelloSource, telloSourceSchema } from '../../shared/source.ts';
import { say } from '../words/language.ts';
import { sentence } from '../words/sentence.ts';

/** One line of the start card and of the source menu. */
export type SourceChoice = {
  key: string;
  spec: SourceSpec;
  name: string;
  /** What it needs before Connect can work. */
  needs: string;
};

export const defaultTello: TelloSource = telloSourceSchema.parse({ kind: 'tello' });

/** The key under which a source is listed, whatever its options. */
export function choiceKey(spec: SourceSpec): string {
  return spec.kind === 'webcam' ? cameraKey(spec.device ?? '') : spec.kind;
}

export function cameraKey(id: string): string {
  return `webcam:${id}`;
}

/**
 * Everything this station can look through. `remembered` holds the options last used with a source
 * (the drone's address, a camera's mode), by key.
 */
export function sourceChoices(
  cameras: readonly Camera[],
  development: boolean,
  remembered: Readonly<Record<string, SourceSpec>>,
): SourceChoice[] {
  const words = say().sources;
  const tello = remembered.tello?.kind === 'tello' ? remembered.tello : defaultTello;
  return [
    {
      key: 'simulator',
      spec: { kind: 'simulator' },
      name: words.simulator,
      needs: words.simulatorNeeds,
    },
    {
      key: 'tello',
      spec: tello,
      name: 'Tello',
      needs: tello.host === defaultTello.host ? words.telloNeeds : words.telloAnswersAt(tello.host),
    },
    ...cameras
      .filter((camera) => development || !camera.synthetic)
      .map((camera) => cameraChoice(camera, remembered)),
  ];
}

function cameraChoice(
  camera: Camera,
  remembered: Readonly<Record<string, SourceSpec>>,
): SourceChoice {
  const words = say().sources;
  const key = cameraKey(camera.id);
  const spec = remembered[key] ?? { kind: 'webcam', device: camera.id };
  const mode = spec.kind === 'webcam' ? spec.mode : undefined;
  const where = camera.synthetic ? words.testPictureNeeds : words.cameraReady;
  return {
    key,
    spec,
    name: camera.synthetic ? words.testPicture : camera.name,
    needs: mode ? `${where} · ${modeName(mode)}` : sentence(where),
  };
}

/** `1280 × 720 · 30 fps` */
export function modeName(mode: Pick<CameraMode, 'width' | 'height' | 'fps'>): string {
  return `${mode.width} × ${mode.height} · ${Math.round(mode.fps)} fps`;
}

/** A camera's modes as a person chooses among them: one a size and rate, largest and fastest first. */
export function distinctModes(camera: Camera): CameraMode[] {
  const byName = new Map<string, CameraMode>();
  for (const mode of camera.modes) byName.set(modeName(mode), mode);
  return [...byName.values()].sort(
    (a, b) => b.width * b.height - a.width * a.height || b.fps - a.fps,
  );
}
