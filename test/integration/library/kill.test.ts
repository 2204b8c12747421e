import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RecorderClient } from '../../../electron/media/recorder-client.ts';
import type { WrittenFilm } from '../../../electron/media/recorder-messages.ts';
import type { Child } from '../../../electron/processes/child.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import type { Recording } from '../../../shared/recording.ts';
import { childrenOf } from '../../support/children-of.ts';
import { encodeFilm } from '../../support/encode-film.ts';
import { eventually } from '../../support/eventually.ts';
import { decodeFilm, probeFilm } from '../../support/film.ts';
import { useHeadless } from '../../support/headless.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const FRAME_MS = 33;
const NAME = '2026-11-21 14.03.22.481 Tello';

/** All that a film holds can be decoded. */
function expectWhole(path: string): { seconds: number; pictures: number } {
  const { times, durationS } = probeFilm(path);
  expect(decodeFilm(path)).toHaveLength(times.length);
  return { seconds: durationS, pictures: times.length };
}

describe('a recorder killed', () => {
  let folder: string;
  let units: Uint8Array[];
  beforeAll(async () => {
    // Keyframes are as rare as under loss: what is kept must not depend on them.
    units = await encodeFilm(320, 240, 120);
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hoverdeck-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const random = seededRandom(20);
  const moments = Array.from({ length: 14 }, () => Math.round(200 + random() * 2_300));

  /** Records in real time and kills the process at that moment. Returns what was said to be safe. */
  async function recordAndKill(name: string, afterMs: number): Promise<number> {
    let child: Child | undefined;
    let safeUs = 0;
    const ended = new Promise<void>((resolve) => {
      const recorder = new RecorderClient(
        (entry, options) => {
          child = startNodeChild(entry, options);
          return child;
        },
        {
          begun: () => setTimeout(() => child?.kill('SIGKILL'), afterMs),
          settled: () => undefined,
          safe: (_bytes, durationUs) => {
            safeUs = durationUs;
          },
          film: () => undefined,
          failed: () => undefined,
          ended: () => {
            clearInterval(feeding);
            resolve();
          },
        },
      );
      recorder.begin({ folder, name, keepJpeg: false });
      let index = 0;
      const feeding = setInterval(() => {
        const data = units[index];
        if (data === undefined) return;
        recorder.frame({
          codec: 'h264',
          width: 320,
          height: 240,
          keyframe: index === 0,
          capturedAtUs: performance.now() * 1_000,
          data,
        });
        index++;
      }, FRAME_MS);
    });
    await ended;
    return safeUs;
  }

  async function mended(fileName: string): Promise<WrittenFilm | null> {
    let film: WrittenFilm | null = null;
    const failures: string[] = [];
    await new Promise<void>((resolve) => {
      const recorder = new RecorderClient(startNodeChild, {
        begun: () => undefined,
        settled: () => undefined,
        safe: () => undefined,
        film: (written) => {
          film = written;
        },
        failed: (code, message) => failures.push(`${code} ${message}`),
        ended: () => resolve(),
      });
      recorder.mend(folder, fileName);
    });
    expect(failures).toEqual([]);
    return film;
  }

  it('at any moment keeps all that was said to be safe, in a film without a fault', async () => {
    const safe = await Promise.all(
      moments.map((afterMs, index) => recordAndKill(`${NAME} ${index}`, afterMs)),
    );
    expect(Math.max(...safe)).toBeGreaterThan(0);
    for (const [index, safeUs] of safe.entries()) {
      const film = await mended(`${NAME} ${index}.recording.mp4`);
      if (film === null) {
        expect(safeUs).toBe(0);
        continue;
      }
      expect(film.durationUs).toBeGreaterThanOrEqual(safeUs);
      const { seconds } = expectWhole(join(folder, film.fileName));
      expect(seconds).toBeCloseTo(film.durationUs / 1e6, 2);
    }
    expect((await readdir(folder)).filter((name) => name.includes('.recording.'))).toEqual([]);
  });
});

type Answer = { value: Recording & { state?: string } };

async function ask(url: string, name: string): Promise<Answer> {
  const reply = await fetch(`${url}/api/request/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return (await reply.json()) as Answer;
}

describe('the app killed while it records', () => {
  const start = useHeadless();
  const random = seededRandom(21);
  const moments = Array.from({ length: 3 }, () => Math.round(100 + random() * 1_500));

  /** Returns what the app had said of the recording, and the film of the next start. */
  async function killAndStartAgain(afterMs: number, everything: boolean) {
    const first = await start({ args: ['--source', 'simulator'] });
    const url = await first.url();
    await eventually(
      () => ask(url, 'status.get'),
      ({ value }) => value.state === 'live',
    );
    await ask(url, 'record.start');
    await sleep(afterMs);
    const { value: said } = await ask(url, 'record.state');
    const pid = first.child.pid ?? 0;
    const victims = everything ? [...childrenOf(pid), pid] : [pid];
    for (const victim of victims) process.kill(victim, 'SIGKILL');
    await first.exited;
    const env = { HOME: first.home, XDG_CONFIG_HOME: join(first.home, 'config') };
    const second = await start({ env });
    const secondUrl = await second.url();
    const { value } = await eventually(
      () => ask(secondUrl, 'record.state'),
      (reply) => reply.value.recovered.length > 0,
    );
    return { said, film: value.recovered[0] };
  }

  it.each([
    ['alone', false],
    ['with everything it started', true],
  ])(
    '%s, finishes the film at the next start',
    async (_what, everything) => {
      const queue = [...moments];
      const work = async () => {
        for (let afterMs = queue.pop(); afterMs !== undefined; afterMs = queue.pop()) {
          const { said, film } = await killAndStartAgain(afterMs, everything);
          const { seconds } = expectWhole(film?.path ?? '');
          expect(seconds * 1_000).toBeGreaterThanOrEqual(said.durationMs - 1);
        }
      };
      await Promise.all([work(), work(), work()]);
    },
    90_000,
  );
});
