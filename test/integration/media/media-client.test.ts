import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MEDIA_LIMITS, MediaClient } from '../../../electron/media/media-client.ts';
import type { MediaRequest } from '../../../electron/media/media-messages.ts';
import type { StartChild } from '../../../electron/processes/child.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startFrom, unkillable } from '../../support/rogue-child.ts';

const ROGUES = fileURLToPath(new URL('../processes/rogue', import.meta.url));
const REQUEST: Omit<MediaRequest, 'id'> = {
  codec: 'jpeg',
  units: [Uint8Array.of(1, 2, 3)],
  format: 'jpeg',
  thumbnailWidth: 16,
  view: { mirror: false, rotateDegrees: 0 },
};
const SHORT = { ...MEDIA_LIMITS, pictureMs: 500, unitMs: 0 };
const failed = (message: RegExp) => ({
  code: 'decode-failed',
  message: expect.stringMatching(message),
  tip: expect.stringMatching(/\S/),
});

function client(startChild: StartChild, limits = SHORT) {
  const reports: string[] = [];
  const media = new MediaClient(startChild, (what, why) => reports.push(`${what} ${why}`), limits);
  return { media, reports };
}

describe('a media process', () => {
  assertNoLeaks();

  test('that hangs is replaced after the deadline', async () => {
    const { media } = client(startFrom(ROGUES, 'hangs-in-a-picture'));
    await expect(media.picture(REQUEST)).rejects.toMatchObject(failed(/too long/));
    await expect(media.picture(REQUEST)).rejects.toMatchObject(failed(/too long/));
    await media.dispose();
  });

  test('that dies fails its pictures, and says so once', async () => {
    const { media, reports } = client(startFrom(ROGUES, 'dies-in-a-picture'), MEDIA_LIMITS);
    const both = [media.picture(REQUEST), media.picture(REQUEST)];
    for (const picture of both) await expect(picture).rejects.toMatchObject(failed(/decoded/));
    expect(reports).toHaveLength(1);
    await media.dispose();
  });

  test.runIf(process.platform === 'linux')('that bloats is stopped', async () => {
    const limits = { ...MEDIA_LIMITS, memoryBytes: 300e6 };
    const { media, reports } = client(startFrom(ROGUES, 'balloons-in-a-picture'), limits);
    await expect(media.picture(REQUEST)).rejects.toMatchObject(failed(/memory/));
    expect(reports.join()).toMatch(/\d+ MB/);
    await media.dispose();
  });

  test('that does not listen is killed on the way out', async () => {
    const { media } = client(startFrom(ROGUES, 'deaf'));
    media.warmUp();
    await Promise.all([media.dispose(), media.dispose()]);
    await expect(media.picture(REQUEST)).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('that outlives SIGKILL holds nobody up, and is spoken of', async () => {
    const killers: (() => void)[] = [];
    const { media, reports } = client((entry, options) => {
      const child = startFrom(ROGUES, 'deaf')(entry, options);
      killers.push(() => child.kill('SIGKILL'));
      return unkillable(child);
    });
    media.warmUp();
    await media.dispose();
    expect(reports.join()).toMatch(/left behind/);
    for (const kill of killers) kill();
  });
});
