/** What each process of the desktop app runs; the development build and the packed one bundle the same. */
export const DESKTOP_ENTRIES = {
  main: 'electron/main.ts',
  simulator: 'electron/simulator/main.ts',
  media: 'electron/media/media-process.ts',
  recorder: 'electron/media/recorder/recorder-process.ts',
  transcoder: 'electron/media/transcoder/transcoder-process.ts',
  'webcam-reader': 'electron/sources/webcam/reader/reader-process.ts',
};

/**
 * Whether an import names a package rather than a file. Packages stay outside development bundles:
 * node-av brings a binary, and Electron is there at run time.
 * @param {string} id
 */
export function isPackage(id) {
  return id.startsWith('node:') || /^[a-z@][^:]*$/i.test(id);
}
