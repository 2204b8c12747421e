/** Digits of 5x7 dots, one number a row, the highest of 5 bits at the left. Drawn for this display. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  '0': [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
  '1': [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
  '2': [0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111],
  '3': [0b11110, 0b00001, 0b00001, 0b01110, 0b00001, 0b00001, 0b11110],
  '4': [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
  '5': [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
  '6': [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
  '7': [0b11111, 0b00001, 0b00010, 0b00100, 0b00100, 0b01000, 0b01000],
  '8': [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
  '9': [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
  ':': [0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000],
  '.': [0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00110, 0b00110],
  '#': [0b01010, 0b01010, 0b11111, 0b01010, 0b11111, 0b01010, 0b01010],
};
const GLYPH_COLUMNS = 5;
const GLYPH_ROWS = 7;
/** One dot is this many pixels wide and high. */
const DOT_PX = 2;
const ADVANCE_PX = (GLYPH_COLUMNS + 1) * DOT_PX;
const INK_LUMA = 220;

/** Size in pixels of a line of digits. */
export function digitsSize(text: string): { width: number; height: number } {
  return { width: text.length * ADVANCE_PX - DOT_PX, height: GLYPH_ROWS * DOT_PX };
}

/** Draws digits, `:`, `.` and `#` into a luma plane; any other character is a space. */
export function drawDigits(
  luma: Uint8Array,
  stride: number,
  left: number,
  top: number,
  text: string,
): void {
  for (let index = 0; index < text.length; index++) {
    const glyph = GLYPHS[text.charAt(index)];
    if (!glyph) continue;
    for (let row = 0; row < GLYPH_ROWS * DOT_PX; row++) {
      const dots = glyph[Math.floor(row / DOT_PX)] ?? 0;
      for (let column = 0; column < GLYPH_COLUMNS; column++) {
        if (!((dots >> (GLYPH_COLUMNS - 1 - column)) & 1)) continue;
        const at = (top + row) * stride + left + index * ADVANCE_PX + column * DOT_PX;
        luma.fill(INK_LUMA, at, at + DOT_PX);
      }
    }
  }
}
