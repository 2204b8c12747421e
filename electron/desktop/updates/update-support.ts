import type { NoUpdatesReason } from './update-state.ts';

/** How this installation replaces itself. */
export type UpdateKind = 'appimage' | 'nsis' | 'mac';

export type Installation = {
  packaged: boolean;
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** Whether the package carries the address of an update feed (`resources/app-update.yml`). */
  hasFeed: boolean;
};

/**
 * Whether and how this installation can update itself. Only an AppImage, the Windows installer's
 * program and the macOS app can; deb, rpm, the archive and the portable program cannot.
 */
export function updateSupport(
  installation: Installation,
): { kind: UpdateKind } | { off: NoUpdatesReason } {
  const { packaged, platform, env, hasFeed } = installation;
  if (!packaged) return { off: 'development' };
  if (platform === 'linux' && !env.APPIMAGE) return { off: 'package-manager' };
  // Set by electron-builder's portable launcher.
  if (platform === 'win32' && env.PORTABLE_EXECUTABLE_FILE) return { off: 'portable' };
  if (!hasFeed) return { off: 'no-feed' };
  switch (platform) {
    case 'linux':
      return { kind: 'appimage' };
    case 'win32':
      return { kind: 'nsis' };
    case 'darwin':
      return { kind: 'mac' };
    default:
      return { off: 'package-manager' };
  }
}
