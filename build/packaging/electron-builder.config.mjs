import { join } from 'node:path';
import { copyNative } from './copy-native.mjs';
import { identity } from './identity.mjs';
import { canNotarise, sayWhatIsUnsigned } from './notarise.mjs';
import { places } from './places.mjs';

const CAMERA_WHY =
  'Hoverdeck shows the live picture of the webcam you choose and takes photos of it.';
const NETWORK_WHY =
  'Hoverdeck talks to your drone over its Wi-Fi, and serves the live view to your own devices when you ask it to.';
const METAINFO = `${identity.appId}.metainfo.xml`;

/**
 * What electron-builder is told, for `npm run package` and `npm run package:check` alike.
 * @param {{ version: string, description: string, electronVersion: string,
 *   native: Record<string, string> }} options `native`: folder with `node-av.node` by architecture
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ version, description, electronVersion, native }) {
  return {
    appId: identity.appId,
    productName: 'Hoverdeck',
    copyright: 'The Hoverdeck contributors. GPL-3.0-or-later.',
    electronVersion,
    directories: { app: places.app, output: places.release, buildResources: places.packaging },
    // The only file that differs between architectures is put in place before each is packed.
    files: ['**/*'],
    beforePack: async (context) => copyNative(native, context),
    // "Dependencies are taken care of": no rebuild (N-API: one binary serves every Electron), and no
    // node_modules in the archive. `npmRebuild: false` alone would pack those of the checkout.
    beforeBuild: async () => false,
    asar: true,
    // A library must be a real file; the reader also runs on the Node that built the OpenCV addon.
    asarUnpack: ['native/*.node', 'out/electron/webcam-reader*.js', 'out/electron/package.json'],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
      // Flipping fuses breaks the signature an unsigned app has by itself; Apple's processors insist on one.
      resetAdHocDarwinSignature: process.platform === 'darwin',
    },
    publish: identity.updateUrl ? { provider: 'generic', url: identity.updateUrl } : null,
    artifactName: `Hoverdeck-${version}-\${os}-\${arch}.\${ext}`,
    linux: {
      target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
      icon: join(places.icons, 'png'),
      executableName: 'hoverdeck',
      syncDesktopName: true,
      category: 'AudioVideo;Video',
      synopsis: description,
      description,
      maintainer: `${identity.maintainer.name} <${identity.maintainer.email}>`,
      vendor: identity.maintainer.name,
      desktop: {
        entry: {
          GenericName: 'Drone and camera viewer',
          Keywords: 'drone;tello;webcam;camera;quadcopter;',
        },
      },
    },
    deb: { fpm: [metainfoFile()], recommends: ['libnotify4'], packageCategory: 'video' },
    rpm: { fpm: [metainfoFile()] },
    win: {
      target: ['nsis', 'portable'],
      icon: join(places.icons, 'hoverdeck.ico'),
      // With a certificate in the environment (see docs/packaging.md) everything is signed.
      forceCodeSigning: process.env.HOVERDECK_REQUIRE_SIGNING === '1',
    },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      license: join(places.app, 'LICENSE'),
      artifactName: `Hoverdeck-${version}-win-\${arch}-setup.\${ext}`,
    },
    portable: { artifactName: `Hoverdeck-${version}-win-\${arch}-portable.\${ext}` },
    mac: {
      target: ['dmg', 'zip'],
      icon: join(places.icons, 'hoverdeck.icns'),
      category: 'public.app-category.video',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(places.packaging, 'mac', 'entitlements.plist'),
      entitlementsInherit: join(places.packaging, 'mac', 'entitlements.inherit.plist'),
      extendInfo: {
        NSCameraUsageDescription: CAMERA_WHY,
        NSLocalNetworkUsageDescription: NETWORK_WHY,
        // A camera lent by a phone is an ordinary camera here.
        NSCameraUseContinuityCameraDeviceType: true,
      },
      forceCodeSigning: process.env.HOVERDECK_REQUIRE_SIGNING === '1',
      notarize: canNotarise(),
    },
    afterPack: sayWhatIsUnsigned,
  };
}

function metainfoFile() {
  return `${join(places.packaging, 'linux', METAINFO)}=/usr/share/metainfo/${METAINFO}`;
}
