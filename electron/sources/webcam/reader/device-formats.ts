/**
 * What FFmpeg's `list_formats` prints about a V4L2 camera, read into sizes by format. It is the only
 * place that names compressed formats; the mode list knows sizes and rates of pixel formats only.
 */
export type DeviceFormats = { compressed: Map<string, Set<string>> };

const HEADING = /^\s*(Raw|Compressed)\s*:\s*(\S+)\s*:/;
const SIZE = /^\s*(\d+)x(\d+)\s*$/;

/** `lines`: the log messages in order, a heading and then one size each. Anything else is passed over. */
export function parseDeviceFormats(lines: readonly string[]): DeviceFormats {
  const compressed = new Map<string, Set<string>>();
  let sizes: Set<string> | null = null;
  for (const text of lines.flatMap((line) => line.split('\n'))) {
    const heading = HEADING.exec(text);
    if (heading !== null) {
      const [, kind, format] = heading;
      sizes = null;
      if (kind === 'Compressed' && format !== undefined && format !== 'Unsupported') {
        sizes = compressed.get(format) ?? new Set();
        compressed.set(format, sizes);
      }
    }
    // FFmpeg may print the sizes behind the heading, or as messages of their own.
    for (const part of text.slice(heading?.[0].length ?? 0).split(/\s+/)) {
      const size = SIZE.exec(part);
      if (size !== null) sizes?.add(`${size[1]}x${size[2]}`);
    }
  }
  return { compressed };
}
