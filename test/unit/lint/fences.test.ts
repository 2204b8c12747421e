import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fences } from '../../../build/lint/fences.mjs';
import { MAIN_ROOMS, PAGE_ROOMS } from '../../../build/lint/rooms.mjs';

type Room = { name: string; files: readonly string[]; mayImport: readonly string[] };

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Enough for the longest report of the linter. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

let tree: string;
/** Files of the tree in which the linter refused an import. */
let refused: Set<string>;

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'hoverdeck-fences-'));
  for (const name of ['biome.json', 'biome.rooms.json'])
    await cp(join(root, name), join(tree, name));
  for (const probe of probes()) {
    const path = join(tree, probe.file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `import { x } from '${probe.specifier}';\n\nx();\n`);
  }
  refused = await lint(tree);
}, 60_000);

afterAll(() => rm(tree, { recursive: true, force: true }));

type Probe = { what: string; file: string; specifier: string; allowed: boolean };

/** Every room with an import of every other room, and of the packages that are some rooms' alone. */
function probes(): Probe[] {
  return [
    ...roomProbes('electron', MAIN_ROOMS),
    ...roomProbes('renderer', PAGE_ROOMS),
    ...strays(),
  ];
}

function roomProbes(side: string, rooms: readonly Room[]): Probe[] {
  const names = [...new Set(rooms.map(({ name }) => name))];
  return rooms.flatMap((room, index) => {
    const folder = folderOf(room);
    return names
      .filter((name) => name !== room.name)
      .map((name) => {
        const file = fileIn(room, folder, `imports-${name}-${index}.ts`);
        const target = relative(dirname(file), `${side}/${name}/thing.ts`);
        const allowed = room.mayImport.includes(name);
        return { what: `${folder} → ${name}`, file, specifier: target, allowed };
      });
  });
}

function folderOf(room: Room): string {
  const glob = room.files[0] ?? '';
  return glob.endsWith('/**') ? glob.slice(0, -'/**'.length) : dirname(glob);
}

/** A rule for one file is tried on that file, so only its last import is seen: it gets folders of its own. */
function fileIn(room: Room, folder: string, name: string): string {
  const glob = room.files[0] ?? '';
  return glob.endsWith('/**') ? `${folder}/deep/${name}` : glob;
}

function strays(): Probe[] {
  const refuse = (file: string, specifier: string): Probe => ({
    what: `${file} → ${specifier}`,
    file,
    specifier,
    allowed: false,
  });
  return [
    refuse('shared/stray-1.ts', 'react'),
    refuse('shared/stray-2.ts', 'node:fs'),
    refuse('electron/station/stray-1.ts', 'electron'),
    refuse('electron/web/stray-1.ts', 'electron'),
    refuse('electron/library/stray-1.ts', 'node-av'),
    refuse('electron/media/stray-1.ts', 'node-av/lib'),
    refuse('electron/sources/stray-1.ts', 'fastify'),
    refuse('electron/sources/webcam/stray-1.ts', './reader/frame-pump.ts'),
    refuse('electron/video/stray-1.ts', '../compose.ts'),
    refuse('electron/base/stray-1.ts', '../../renderer/main.tsx'),
    refuse('electron/desktop/stray-1.ts', '../../test/support/leaks.ts'),
    refuse('electron/headless.ts', 'electron'),
    refuse('electron/main.ts', 'node-av'),
    refuse('renderer/main.tsx', 'node:fs'),
    refuse('renderer/live/stray-1.ts', '../app.tsx'),
    refuse('renderer/live/stray-2.ts', '../../electron/base/clock.ts'),
    refuse('renderer/words/stray-1.ts', 'react'),
    refuse('renderer/painter/stray-1.ts', 'zustand'),
    refuse('renderer/ui/stray-1.ts', 'node:path'),
  ];
}

async function lint(folder: string): Promise<Set<string>> {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
  const output = await new Promise<string>((resolve) => {
    const options = { cwd: folder, maxBuffer: MAX_OUTPUT_BYTES };
    execFile(process.execPath, [biome, ...args], options, (_error, stdout) => resolve(stdout));
  });
  const report: unknown = JSON.parse(output);
  return new Set(refusals(report));
}

function refusals(report: unknown): string[] {
  const { diagnostics } = report as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[];
  };
  return diagnostics
    .filter(({ category }) => category === 'lint/style/noRestrictedImports')
    .map(({ location: { path } }) => (typeof path === 'string' ? path : path.file));
}

describe('the fences between the rooms', () => {
  it('are written down as the table of rooms says (npm run fences)', async () => {
    expect(await readFile(join(root, 'biome.rooms.json'), 'utf8')).toBe(fences());
  });

  it.each(
    probes().filter(({ file }, index, all) => {
      // Of a rule for a single file only the last probe is in the tree.
      return all.findLastIndex((other) => other.file === file) === index;
    }),
  )('$what: allowed $allowed', ({ file, allowed }) => {
    expect(refused.has(file)).toBe(!allowed);
  });
});
