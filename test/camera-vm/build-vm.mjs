// Makes the camera machine from Debian's packages: a kernel with `vivid` (two virtual V4L2 cameras)
// and `v4l2loopback` (a camera that speaks MJPEG). Kept outside the checkout; made in about a minute.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { takeLock } from '../../build/opencv/lock.mjs';
import { cacheFolder } from '../../build/opencv/places.mjs';

/** Grows when the recipe below changes, so that an older machine is not taken for this one. */
const RECIPE = 4;
const SUFFIX = `-r${RECIPE}`;
const HOST_PACKAGES = {
  'qemu-system-x86_64': 'qemu-system-x86',
  busybox: 'busybox-static',
  cpio: 'cpio',
  depmod: 'kmod',
  ffmpeg: 'ffmpeg',
  'v4l2-ctl': 'v4l-utils',
  make: 'make',
  gcc: 'gcc',
};
/** What the guest needs before it has a root; everything else it loads from the host's cache folder. */
const BOOT_MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'overlay'];

/** Why no machine can be made here, with what to do; null when it can. */
export function whyNot() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'the camera machine is made from Debian packages for x86-64 Linux';
  }
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) {
    return 'the camera machine is made from Debian packages, and there is no apt here';
  }
  const missing = missingPackages();
  if (missing.length > 0 && process.getuid() !== 0) {
    return `packages are missing; install them with: sudo apt-get install ${missing.join(' ')}`;
  }
  return null;
}

function missingPackages() {
  const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  return Object.entries(HOST_PACKAGES)
    .filter(([tool]) => !folders.some((folder) => existsSync(join(folder, tool))))
    .map(([, name]) => name);
}

/**
 * Makes the machine, or finds it made.
 * @param {(text: string) => void} say progress
 * @returns {{ kernel: string, initramfs: string, modules: string, release: string, loopback: string }}
 */
export function buildVm(say) {
  installHostPackages(say);
  const home = join(cacheFolder(), 'camera-vm');
  const release = findMade(home) ?? makeNewest(home, say);
  const folder = join(home, release + SUFFIX);
  return {
    release,
    kernel: join(folder, 'vmlinuz'),
    initramfs: join(folder, 'initramfs.cpio'),
    modules: join(folder, 'tree'),
    loopback: join(folder, 'v4l2loopback.ko'),
  };
}

/** Kernel release of a machine made earlier: Debian's newer kernels are no reason to make another. */
function findMade(home) {
  if (!existsSync(home)) return undefined;
  const made = readdirSync(home).filter((name) => name.endsWith(SUFFIX));
  return made.toSorted().at(-1)?.slice(0, -SUFFIX.length);
}

function makeNewest(home, say) {
  const lock = takeLock(join(home, 'build.lock'));
  if ('heldBy' in lock) throw new Error(`process ${lock.heldBy} is building the camera machine`);
  try {
    // A machine fresh from its image has no package lists.
    if (process.getuid() === 0) apt('update', '-qq');
    const imagePackage = dependencyOf('linux-image-amd64', /^linux-image-\d/);
    const release = imagePackage.slice('linux-image-'.length);
    const folder = join(home, release + SUFFIX);
    const building = `${folder}.building`;
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true });
    say(`building the camera machine (Linux ${release}) in ${folder}`);
    make(building, release, imagePackage);
    renameSync(building, folder);
    return release;
  } finally {
    lock.release();
  }
}

function installHostPackages(say) {
  const missing = missingPackages();
  if (missing.length === 0) return;
  say(`installing ${missing.join(', ')}`);
  apt('update', '-qq');
  apt('install', '-y', '--no-install-recommends', ...missing);
}

function apt(...command) {
  execFileSync('apt-get', command, {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function dependencyOf(name, pattern) {
  const text = execFileSync('apt-cache', ['depends', name], { encoding: 'utf8' });
  const found = [...text.matchAll(/Depends: (\S+)/g)].map((match) => match[1]);
  const dependency = found.find((candidate) => pattern.test(candidate));
  if (dependency === undefined) throw new Error(`apt knows no ${pattern} behind ${name}`);
  return dependency;
}

function make(folder, release, imagePackage) {
  const packages = [
    imagePackage,
    `linux-headers-${release}`,
    `linux-headers-${release.replace(/-amd64$/, '')}-common`,
    dependencyOf(`linux-headers-${release}`, /^linux-kbuild-/),
    'v4l2loopback-dkms',
  ];
  const tree = join(folder, 'tree');
  download(folder, packages, tree);
  buildLoopback(folder, tree, release);
  copyFileSync(join(tree, 'boot', `vmlinuz-${release}`), join(folder, 'vmlinuz'));
  // modprobe wants its modules under lib/modules; Debian's package brings them there.
  execFileSync('depmod', ['-b', tree, release]);
  makeInitramfs(folder, tree, release);
  for (const part of ['boot', 'usr']) rmSync(join(tree, part), { recursive: true, force: true });
}

function download(folder, packages, tree) {
  const debs = join(folder, 'debs');
  mkdirSync(debs);
  // As root apt would drop to a user who may not write here, and warn.
  const command = ['-q', '-o', 'APT::Sandbox::User=root', 'download', ...packages];
  execFileSync('apt-get', command, { cwd: debs, stdio: ['ignore', 'ignore', 'inherit'] });
  for (const deb of readdirSync(debs)) execFileSync('dpkg', ['-x', join(debs, deb), tree]);
  rmSync(debs, { recursive: true });
}

function buildLoopback(folder, tree, release) {
  const sources = join(tree, 'usr', 'src');
  const headers = join(sources, `linux-headers-${release}`);
  const common = `${headers.replace(/-amd64$/, '')}-common`;
  const loopback = readdirSync(sources).find((name) => name.startsWith('v4l2loopback-'));
  if (loopback === undefined) throw new Error('v4l2loopback-dkms came without its source');
  // Debian's Makefile names the common headers by the path they would be installed at.
  writeFileSync(join(headers, 'Makefile'), `include ${common}/Makefile\n`);
  const module = join(sources, loopback);
  execFileSync('make', ['-s', '-C', headers, `M=${module}`, 'CC=gcc', 'modules'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  copyFileSync(join(module, 'v4l2loopback.ko'), join(folder, 'v4l2loopback.ko'));
}

function makeInitramfs(folder, tree, release) {
  const root = join(folder, 'initramfs');
  for (const name of ['bin', 'modules', 'proc', 'sys', 'dev', 'lower', 'rw', 'root']) {
    mkdirSync(join(root, name), { recursive: true });
  }
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (busybox === undefined) throw new Error('busybox-static is not installed');
  copyFileSync(busybox, join(root, 'bin', 'busybox'));
  copyFileSync(new URL('guest-init.sh', import.meta.url), join(root, 'init'));
  const order = [];
  for (const module of BOOT_MODULES) {
    const text = execFileSync('modprobe', ['-d', tree, '-S', release, '--show-depends', module], {
      encoding: 'utf8',
    });
    for (const [, path] of text.matchAll(/^insmod (\S+)/gm)) {
      if (order.includes(basename(path))) continue;
      copyFileSync(path, join(root, 'modules', basename(path)));
      order.push(basename(path));
    }
  }
  writeFileSync(join(root, 'modules', 'order'), `${order.join('\n')}\n`);
  const files = execFileSync('find', ['.'], { cwd: root });
  const archive = execFileSync('cpio', ['-o', '-H', 'newc', '--quiet'], {
    cwd: root,
    input: files,
    maxBuffer: 256 * 1024 * 1024,
  });
  writeFileSync(join(folder, 'initramfs.cpio'), archive);
  rmSync(root, { recursive: true });
}
