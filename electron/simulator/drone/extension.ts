/** What the open-source controller on top of a Tello Talent is asked for: `EXT …`. */
export type Extension = { kind: 'led' | 'matrix'; isRight: boolean } | { kind: 'tof' | 'version' };

const COLOUR = /^(\d|\d\d|1\d\d|2[0-4]\d|25[0-5])$/;
/** Hertz of a pulse or a flicker, and of scrolling text. */
const FREQUENCY = /^\d(\.\d)?$|^10(\.0)?$/;
/** Up to 64 lights of red, blue, purple or none. */
const PATTERN = /^[rbp0]{1,64}$/;
const MATRIX_COLOUR = /^[rbp]$/;
const DIRECTION = /^[lrud]$/;

/** The controller's distance sensor, looking forward at nothing, in mm. */
const EXTENSION_TOF_MM = 8_192;

/** Null for what this controller does not know. */
export function parseExtension([name, ...words]: string[]): Extension | null {
  switch (name) {
    case 'led':
      return { kind: 'led', isRight: isLed(words) };
    case 'mled':
      return { kind: 'matrix', isRight: isMatrix(words) };
    case 'tof?':
      return words.length === 0 ? { kind: 'tof' } : null;
    case 'version?':
      return words.length === 0 ? { kind: 'version' } : null;
    default:
      return null;
  }
}

export function answerExtension(extension: Extension): string {
  switch (extension.kind) {
    case 'led':
    case 'matrix':
      return `${extension.kind} ${extension.isRight ? 'ok' : 'error'}`;
    case 'tof':
      return `tof ${EXTENSION_TOF_MM}\r\n`;
    case 'version':
      return 'esp32v1.0.0.10\r\n';
  }
}

/** One colour; `br`: one that breathes; `bl`: two that alternate. */
function isLed([mode = '', ...words]: string[]): boolean {
  const areColours = (colours: string[], count: number) =>
    colours.length === count && colours.every((word) => COLOUR.test(word));
  const [frequency = '', ...colours] = words;
  if (mode === 'br') return FREQUENCY.test(frequency) && areColours(colours, 3);
  if (mode === 'bl') return FREQUENCY.test(frequency) && areColours(colours, 6);
  return areColours([mode, ...words], 3);
}

/** A pattern, a sign, scrolling text or a scrolling pattern; or the switch-on picture and brightness. */
function isMatrix([mode = '', ...words]: string[]): boolean {
  const [first = '', second = ''] = words;
  switch (mode) {
    case 'g':
    case 'sg':
      return words.length === 1 && PATTERN.test(first);
    case 's':
      return words.length === 2 && MATRIX_COLOUR.test(first) && second !== '';
    case 'sc':
      return words.length === 0;
    case 'sl':
      return words.length === 1 && COLOUR.test(first);
    default:
      return (
        DIRECTION.test(mode) &&
        (MATRIX_COLOUR.test(first) || first === 'g') &&
        FREQUENCY.test(second) &&
        words.length >= 3
      );
  }
}
