#!/usr/bin/env node
// npm run test:camera [-- <pattern of test names> | --bench]
// Runs the reader suite inside a virtual machine whose kernel has cameras, since this machine has
// none that can be unplugged, jammed and broken at will. Report: reports/camera.json.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { isPackage } from '../../build/entries.mjs';
import { bootVm } from './boot-vm.mjs';
import { buildVm, whyNot } from './build-vm.mjs';
import { report } from './json-reporter.mjs';

/** Under software emulation the suite takes about four minutes on two busy cores. */
const TIMEOUT_MS = 20 * 60_000;
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const bundles = join(root, 'out', 'camera-vm');
const reportPath = join(root, 'reports', 'camera.json');

const say = (text) => console.log(`camera vm: ${text}`);

function writeReport(json) {
  mkdirSync(dirname(reportPath), { recursive: true });
  writeFileSync(reportPath, json);
}

/** The suite and the very reader process the app starts, from the same sources. */
async function bundle(suite) {
  await build({
    cwd: root,
    input: {
      guest: `test/camera-vm/${suite}`,
      'webcam-reader': 'electron/sources/webcam/reader/reader-process.ts',
    },
    platform: 'node',
    external: isPackage,
    output: { dir: bundles, format: 'esm', sourcemap: true },
    logLevel: 'warn',
  });
}

/** What the loopback camera plays, and its JPEGs one by one to compare with. */
function makeClip(folder) {
  const clip = join(folder, 'clip.avi');
  const quiet = ['-v', 'error', '-y'];
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=640x480:rate=30', '-t', '3'];
  execFileSync('ffmpeg', [...quiet, ...source, '-c:v', 'mjpeg', '-q:v', '5', clip]);
  writeFileSync(join(folder, 'broken.avi'), breakClip(readFileSync(clip)));
  mkdirSync(join(folder, 'jpegs'));
  execFileSync('ffmpeg', [...quiet, '-i', clip, '-c', 'copy', join(folder, 'jpegs', '%03d.jpg')]);
}

/** The same film from a bad camera: no JPEG has an end marker, and every third is cut in half. */
function breakClip(avi) {
  const picture = Buffer.from('00dc');
  let count = 0;
  for (let at = avi.indexOf('movi') + 4; avi.subarray(at, at + 4).equals(picture); count++) {
    const length = avi.readUInt32LE(at + 4);
    const end = at + 8 + length;
    avi.fill(0, end - (count % 3 === 2 ? Math.floor(length / 2) : 2), end);
    at = end + (length % 2);
  }
  if (count === 0) throw new Error('the clip has no pictures');
  return avi;
}

function guestScript(vm, folder, command) {
  return `
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=${process.env.HOME ?? '/root'}
export HOVERDECK_BUNDLES=${bundles} HOVERDECK_VM_MODULES=${vm.modules} HOVERDECK_VM_RELEASE=${vm.release}
export HOVERDECK_VM_LOOPBACK=${vm.loopback} HOVERDECK_VM_CLIPS=${folder}
cd ${bundles}
${process.execPath} --enable-source-maps ${command}
`;
}

function suiteCommand(pattern) {
  const reporter = join(here, 'json-reporter.mjs');
  return [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${reporter}`, '--test-reporter-destination=/mnt/camera.json'],
    ...(pattern === undefined ? [] : [`--test-name-pattern='${pattern}'`]),
    'guest.js',
  ].join(' ');
}

function neverEnded(text) {
  const title = 'the camera machine ran to its end';
  const failureMessages = [text.slice(-4_000)];
  return JSON.stringify(report([{ title, status: 'failed', ancestorTitles: [], failureMessages }]));
}

async function main() {
  const reason = whyNot();
  if (reason !== null) {
    say(`skipped: ${reason}`);
    writeReport(
      JSON.stringify(
        report([{ title: `skipped: ${reason}`, status: 'pending', ancestorTitles: [] }]),
      ),
    );
    return 0;
  }
  const vm = buildVm(say);
  const [argument] = process.argv.slice(2);
  const bench = argument === '--bench';
  await bundle(bench ? 'bench.guest.ts' : 'cameras.guest.ts');
  const folder = mkdtempSync(join(tmpdir(), 'hoverdeck-camera-'));
  try {
    makeClip(folder);
    const script = join(folder, 'guest.sh');
    writeFileSync(script, guestScript(vm, folder, bench ? 'guest.js' : suiteCommand(argument)));
    say('booting');
    const { exitCode, console: text } = await bootVm(vm, {
      run: script,
      reportFolder: folder,
      timeoutMs: TIMEOUT_MS,
      onLine: (line) => console.log(`  ${line}`),
    });
    if (bench) return exitCode ?? 1;
    const result = join(folder, 'camera.json');
    const json = existsSync(result) ? readFileSync(result, 'utf8') : neverEnded(text);
    // A part of the suite is no report of the whole.
    if (argument === undefined) writeReport(json);
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(json);
    say(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
    return exitCode === 0 && numFailedTests === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
