/** What our own names begin with: date and time. Nothing of anybody else's is ever touched. */
const OURS = String.raw`(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.\d{3} [^/\\]+)`;
const RECORDING = new RegExp(`^${OURS}\\.recording\\.(mp4|mov)$`);
const MENDING = new RegExp(`^\\.${OURS}\\.mending\\.(mp4|mov)$`);

/** The name of a film while it is recorded. */
export function recordingName(name: string, ending: string): string {
  return `${name}.recording.${ending}`;
}

/** The name of a film while it is made from one that was left unfinished. */
export function mendingName(name: string, ending: string): string {
  return `.${name}.mending.${ending}`;
}

export type UnfinishedFilm = { kind: 'recording' | 'mending'; name: string; ending: 'mp4' | 'mov' };

/** What an unfinished film will be called; null for every other file. */
export function unfinishedFilm(fileName: string): UnfinishedFilm | null {
  const recording = RECORDING.exec(fileName);
  const found = recording ?? MENDING.exec(fileName);
  const [, name, ending] = found ?? [];
  if (name === undefined) return null;
  return {
    kind: recording === null ? 'mending' : 'recording',
    name,
    ending: ending === 'mov' ? 'mov' : 'mp4',
  };
}
