#!/usr/bin/env node
// npm run opencv:install [-- --check | --force]
// Builds the OpenCV reader's addon once per Node ABI, outside the checkout, and records which Node
// built it. OpenCV is optional: without it Hoverdeck reads cameras with FFmpeg.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { takeLock } from './lock.mjs';
import {
  APT_PACKAGES,
  addonFolder,
  findNodeHeaders,
  findOpencv,
  PACKAGE,
  PACKAGE_VERSION,
} from './places.mjs';

/** The addon must not tell V8 about OpenCV's memory: on Node 20 and 22 V8 aborts over it. */
const ADDON_ENVIRONMENT = { OPENCV4NODEJS_DISABLE_EXTERNAL_MEM_TRACKING: '1' };
const LOAD_ENVIRONMENT = { ...ADDON_ENVIRONMENT, OPENCV4NODEJS_DISABLE_AUTOBUILD: '1' };
/** One compiler of this code base takes about 1 GB. */
const COMPILER_BYTES = 1_200_000_000;
/** A sign of life while the compiler is silent. */
const PROGRESS_MS = 20_000;
const SMOKE_TIMEOUT_MS = 60_000;

const say = (text) => console.log(`opencv: ${text}`);

/** Loads the addon in a process of its own and returns OpenCV's version; throws with what went wrong. */
function smokeTest(folder) {
  const script = fileURLToPath(new URL('smoke-test.cjs', import.meta.url));
  const output = execFileSync(process.execPath, [script, folder], {
    encoding: 'utf8',
    env: { ...process.env, ...LOAD_ENVIRONMENT },
    timeout: SMOKE_TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // The package greets with some lines about its configuration first.
  return output.trim().split('\n').at(-1) ?? '';
}

/** What is installed for this Node: `null`, or its record, proven by loading it. */
function installed(folder) {
  const record = join(folder, 'built.json');
  if (!existsSync(record)) return null;
  try {
    const built = JSON.parse(readFileSync(record, 'utf8'));
    if (built.version !== PACKAGE_VERSION) return null;
    smokeTest(folder);
    return built;
  } catch (error) {
    say(`what is in ${folder} does not work: ${lastLine(error)}`);
    return null;
  }
}

function lastLine(error) {
  const text = String(error.stderr || error.message || error).trim();
  return text.split('\n').findLast((line) => line.includes('Error')) ?? text.slice(-300);
}

function ensureSystemPackages() {
  if (findOpencv() !== null) return true;
  const command = `apt-get install -y --no-install-recommends ${APT_PACKAGES.join(' ')}`;
  if (process.platform === 'darwin') {
    say('OpenCV is missing. Install it with: brew install opencv');
    return false;
  }
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) {
    say(`OpenCV's headers are missing, and this script knows only apt to get them.`);
    return false;
  }
  if (process.getuid() !== 0) {
    say(`OpenCV's headers are missing. Install them with: sudo ${command}`);
    return false;
  }
  say(`installing ${APT_PACKAGES.join(', ')}`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', command.split(' ').slice(1), options);
  return findOpencv() !== null;
}

function buildEnvironment() {
  const opencv = findOpencv();
  const headers = findNodeHeaders();
  const jobs = Math.max(
    1,
    Math.min(availableParallelism(), Math.floor(freemem() / COMPILER_BYTES)),
  );
  return {
    JOBS: String(jobs),
    ...process.env,
    ...ADDON_ENVIRONMENT,
    OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
    OPENCV_INCLUDE_DIR: opencv.include,
    OPENCV_LIB_DIR: opencv.lib,
    OPENCV_BIN_DIR: opencv.bin,
    ...(headers === null ? {} : { npm_config_nodedir: headers }),
  };
}

/** Runs npm in `folder`, which compiles the addon; its output goes to a log and its progress to the screen. */
function compile(folder) {
  return new Promise((resolve, reject) => {
    const npm = spawn(
      'npm',
      [
        'install',
        '--no-audit',
        '--no-fund',
        '--foreground-scripts',
        // Under `npm run`, this project's own `ignore-scripts` is in the environment; here the script is the point.
        '--ignore-scripts=false',
        `${PACKAGE}@${PACKAGE_VERSION}`,
      ],
      { cwd: folder, env: buildEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const started = Date.now();
    let compiled = 0;
    let log = '';
    const listen = (chunk) => {
      log += chunk;
      compiled += chunk.split('CXX(target)').length - 1;
    };
    npm.stdout.setEncoding('utf8').on('data', listen);
    npm.stderr.setEncoding('utf8').on('data', listen);
    const progress = setInterval(() => {
      const seconds = Math.round((Date.now() - started) / 1_000);
      say(`compiling, ${compiled} files done, ${seconds} s (5 to 13 minutes on two cores)`);
    }, PROGRESS_MS);
    npm.on('error', reject);
    npm.on('close', (code) => {
      clearInterval(progress);
      writeFileSync(join(folder, 'build.log'), log);
      if (code === 0) resolve();
      else reject(new Error(`the build failed (npm exit ${code}):\n${log.slice(-3_000)}`));
    });
  });
}

async function install(folder) {
  const building = `${folder}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  writeFileSync(
    join(building, 'package.json'),
    JSON.stringify({ name: 'hoverdeck-opencv', private: true }),
  );
  await compile(building);
  const opencv = smokeTest(building);
  // Half of the folder's size, and of no use any more.
  rmSync(join(building, 'node_modules', PACKAGE, 'build', 'Release', 'obj.target'), {
    recursive: true,
    force: true,
  });
  const built = {
    package: PACKAGE,
    version: PACKAGE_VERSION,
    opencv,
    nodePath: process.execPath,
    nodeVersion: process.versions.node,
    abi: process.versions.modules,
    platform: process.platform,
    arch: process.arch,
  };
  writeFileSync(join(building, 'built.json'), `${JSON.stringify(built, null, 2)}\n`);
  // The name appears only with a folder that works: there is no half-installed state.
  rmSync(folder, { recursive: true, force: true });
  renameSync(building, folder);
  return built;
}

async function main() {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, force: { type: 'boolean' } },
  });
  const folder = addonFolder();
  const present = values.force ? null : installed(folder);
  if (present !== null) {
    say(`ready: OpenCV ${present.opencv} for Node ${present.nodeVersion}, in ${folder}`);
    return 0;
  }
  if (values.check) {
    say('not installed for this Node. Install it with: npm run opencv:install');
    return 1;
  }
  if (!ensureSystemPackages()) return 1;
  const lock = takeLock(`${folder}.lock`);
  if ('heldBy' in lock) {
    say(`another installation is running (process ${lock.heldBy}); wait for it.`);
    return 1;
  }
  try {
    const built = await install(folder);
    say(`ready: OpenCV ${built.opencv} for Node ${built.nodeVersion}, in ${folder}`);
    return 0;
  } finally {
    lock.release();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    say(error.message);
    process.exitCode = 1;
  },
);
