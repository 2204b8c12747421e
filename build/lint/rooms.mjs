// Who may import whom, room by room. `npm run fences` writes it down for the linter (biome.rooms.json),
// and test/unit/lint/fences.test.ts breaks every rule once to see it refused.

/**
 * @typedef {object} Room
 * @property {string} name the folder, or what the linter calls it
 * @property {readonly string[]} files what belongs to it, as globs
 * @property {readonly string[]} mayImport other rooms of the same side
 * @property {readonly string[]} [packages] kinds of package that are this room's alone, see `PACKAGES`
 * @property {readonly string[]} [butNot] files of its own that it may not import
 * @property {string} why said by the linter
 */

/** Packages that only some rooms may know. Everything else a room finds in package.json is its own business. */
export const PACKAGES = {
  electron: ['electron', 'electron/**', 'electron-updater'],
  ffmpeg: ['node-av', 'node-av/**'],
  server: ['fastify', '@fastify/**', 'ws'],
  react: [
    'react',
    'react-dom',
    'react-dom/**',
    'radix-ui',
    'lucide-react',
    'zustand',
    'zustand/**',
  ],
  node: ['node:*'],
};

const room = (name, mayImport, why, more = {}) => ({
  name,
  files: [`electron/${name}/**`],
  mayImport,
  why,
  ...more,
});

/** Main and its children. Imports run downwards: a room knows those above it in this list at most. */
export const MAIN_ROOMS = [
  room('base', [], 'base/ is the ground floor: it knows shared/ and nothing above it.'),
  room('processes', ['base'], 'processes/ rests on base/.'),
  room('video', ['base'], 'video/ rests on base/: it knows no source, and nobody who watches.'),
  room('ffmpeg', ['base'], 'ffmpeg/ rests on base/; only what runs in a child imports it.', {
    packages: ['ffmpeg'],
  }),
  room('media', ['base', 'processes'], 'media/ is main’s end; FFmpeg belongs into its child.', {
    files: [
      'electron/media/**',
      '!electron/media/media-process.ts',
      '!electron/media/recorder/**',
      '!electron/media/transcoder/**',
    ],
    butNot: ['./recorder/**', '**/media/recorder/**', './transcoder/**', '**/media/transcoder/**'],
  }),
  room('media', ['base', 'processes', 'ffmpeg'], 'The media child knows FFmpeg and its parent.', {
    files: ['electron/media/media-process.ts'],
    packages: ['ffmpeg'],
  }),
  room('media', ['base', 'processes', 'ffmpeg'], 'These run in children, and know FFmpeg.', {
    files: ['electron/media/recorder/**', 'electron/media/transcoder/**'],
    packages: ['ffmpeg'],
  }),
  room(
    'sources',
    ['base', 'processes', 'video'],
    'sources/ rests on video/, processes/ and base/; webcam/reader/ runs in a child.',
    {
      files: ['electron/sources/**', '!electron/sources/webcam/reader/**'],
      butNot: ['./reader/**', '**/webcam/reader/**'],
    },
  ),
  room(
    'sources',
    ['base', 'processes', 'video', 'ffmpeg'],
    'The reader child knows the camera, FFmpeg and OpenCV, and no room of main.',
    { files: ['electron/sources/webcam/reader/**'], packages: ['ffmpeg'] },
  ),
  room(
    'flight',
    ['base', 'video', 'media'],
    'flight/ reaches the drone as DroneControls of the open source: never sources/.',
  ),
  room('library', ['base', 'video', 'media'], 'library/ takes frames from video/: never sources/.'),
  room('share', ['base', 'video', 'media'], 'share/ takes frames from video/: never sources/.'),
  room('settings', ['base'], 'settings/ rests on base/.'),
  room(
    'station',
    ['base', 'processes', 'video', 'sources', 'media', 'flight', 'library', 'share', 'settings'],
    'station/ merges the rooms; it knows no host.',
  ),
  room(
    'web',
    ['base', 'video', 'station'],
    'web/ is a host: it knows the station, not its rooms.',
    {
      packages: ['server'],
    },
  ),
  room(
    'desktop',
    ['base', 'processes', 'video', 'station'],
    'desktop/ is a host: it knows the station, not its rooms, and no other room knows Electron.',
    { packages: ['electron'] },
  ),
  room(
    'simulator',
    ['base', 'processes', 'ffmpeg'],
    'The simulator stands alone: a peer that shared our parsers would prove nothing.',
    { packages: ['ffmpeg'] },
  ),
];

const pageRoom = (name, mayImport, why, more = {}) => ({
  name,
  files: [`renderer/${name}/**`],
  mayImport,
  packages: ['react'],
  why,
  ...more,
});
const ground = ['words', 'ui', 'station'];

/** The page. */
export const PAGE_ROOMS = [
  pageRoom('words', [], 'words/ knows shared/ alone: texts, numbers and times.', { packages: [] }),
  pageRoom('painter', [], 'painter/ runs in the worker: it knows shared/ and the browser.', {
    packages: [],
  }),
  pageRoom('ui', ['words'], 'ui/ is the ground of the page: no file of it knows a feature.'),
  pageRoom('station', ['words', 'ui'], 'station/ is the way to the station, and knows no feature.'),
  pageRoom('live', [...ground, 'painter'], 'live/ shows the picture; it knows no other feature.'),
  pageRoom('connection', ground, 'connection/ knows no other feature.'),
  pageRoom('library', ground, 'library/ knows no other feature.'),
  pageRoom('settings', ground, 'settings/ knows no other feature.'),
  pageRoom('flight', ground, 'flight/ knows no other feature.'),
  pageRoom('share', ground, 'share/ knows no other feature.'),
  pageRoom(
    'commands',
    [...ground, 'live', 'connection', 'library', 'settings', 'flight', 'share'],
    'commands/ carries menu and keys to the features, and draws none.',
  ),
];

/** What lies beside the rooms: entries, and the contract. */
export const ENTRIES = [
  {
    files: ['shared/**'],
    refuse: ['../**', 'node:*', ...PACKAGES.electron, ...PACKAGES.react, ...PACKAGES.ffmpeg],
    why: 'shared/ is the contract: it imports nothing but itself and the schema library.',
  },
  {
    files: ['electron/*.ts', '!electron/main.ts', '!electron/preload.ts'],
    refuse: ['**/desktop/**', ...PACKAGES.electron, ...PACKAGES.ffmpeg, ...PACKAGES.react],
    why: 'Only desktop/, main.ts and preload.ts may know Electron: all else runs in plain Node.',
  },
  {
    files: ['electron/main.ts', 'electron/preload.ts'],
    refuse: [...PACKAGES.ffmpeg, ...PACKAGES.react],
    why: 'FFmpeg lives in children, and main does not know the page.',
  },
  {
    files: ['renderer/*.ts', 'renderer/*.tsx'],
    refuse: ['**/electron/**', ...PACKAGES.node, ...PACKAGES.electron, ...PACKAGES.server],
    why: 'The page knows shared/ and the browser, nothing else.',
  },
];
