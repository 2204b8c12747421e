import { accept, alone, numbers, type Parsed, type Range, type Rule } from './command-words.ts';
import { PAD_CAMERAS } from './pad-words.ts';

const FPS = new Map([
  ['low', 5],
  ['middle', 15],
  ['high', 30],
]);

/** How it looks, sends and is reached. */
export const SETTING_RULES: readonly Rule[] = [
  ['wifi', 13, readNetwork],
  ['ap', 20, readNetwork],
  ['multiwifi', 30, readNetwork],
  ['wifisetchannel', 30, (words) => numbers(words, [[1, 13]], () => ({ kind: 'accepted' }))],
  ['mon', 20, alone({ kind: 'pads', on: true })],
  ['moff', 20, alone({ kind: 'pads', on: false })],
  ['mdirection', 20, readPadCamera],
  // In no guide, but sent by clients so that the drone does not land by itself.
  ['keepalive', 13, alone({ kind: 'accepted' })],
  ['port', 30, readPorts],
  ['setfps', 30, readFps],
  ['setbitrate', 30, readBitrate],
  ['setresolution', 30, readResolution],
  ['downvision', 30, readCamera],
];

function readPadCamera(words: string[]): Parsed | null {
  return numbers(words, [[0, 2]], ([way = 0]) => ({
    kind: 'pad-camera',
    looks: PAD_CAMERAS[way] ?? 'down',
  }));
}

function readBitrate(words: string[]): Parsed | null {
  return numbers(words, [[0, 5]], ([megabits = 0]) => ({ kind: 'bitrate', megabits }));
}

function readCamera(words: string[]): Parsed | null {
  return numbers(words, [[0, 1]], ([on]) => ({ kind: 'camera', looksDown: on === 1 }));
}

function readNetwork(words: string[]): Parsed | null {
  return words.length === 2 ? accept({ kind: 'wifi' }) : null;
}

function readPorts(words: string[]): Parsed | null {
  const port: Range = [1_025, 65_535];
  return numbers(words, [port, port], ([statePort = 0, videoPort = 0]) => ({
    kind: 'port',
    statePort,
    videoPort,
  }));
}

function readFps([word = '', ...more]: string[]): Parsed | null {
  const fps = FPS.get(word);
  return fps === undefined || more.length > 0 ? null : accept({ kind: 'fps', fps });
}

function readResolution([level, ...more]: string[]): Parsed | null {
  if (more.length > 0 || (level !== 'low' && level !== 'high')) return null;
  return accept({ kind: 'resolution', level });
}
