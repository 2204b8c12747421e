import { say } from '../setup/run.mjs';

/** The two ways Apple lets a machine prove itself; one complete set is enough. */
const CREDENTIALS = [
  ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'],
  ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'],
];

/** Whether electron-builder can have the app notarised: it reads these variables itself. */
export function canNotarise(env = process.env) {
  return CREDENTIALS.some((names) => names.every((name) => env[name]));
}

/**
 * electron-builder's hook after packing, on every system (its hook after signing stays silent where
 * nothing is signed): says plainly what the systems of others will complain about.
 */
export async function sayWhatIsUnsigned({ electronPlatformName }) {
  if (electronPlatformName === 'darwin' && !canNotarise()) {
    const wanted = CREDENTIALS.map((names) => names.join(', ')).join('; or ');
    say(
      `not notarised, because none of these is set completely: ${wanted}. See docs/packaging.md.`,
    );
  }
  if (electronPlatformName === 'win32' && !process.env.CSC_LINK && !process.env.WIN_CSC_LINK) {
    say('not signed, because WIN_CSC_LINK is not set. Windows will warn. See docs/packaging.md.');
  }
}
