import { type Page as ItemPage, itemFilePath } from '../../shared/library.ts';
import type { Kept, Recording } from '../../shared/recording.ts';
import { expect, request, statusOf, test } from './fixtures.ts';

async function ask<T>(host: { url: string }, name: string, input: unknown): Promise<T> {
  const result = (await request(host, name, input)) as { ok: boolean; value: T };
  expect(result).toMatchObject({ ok: true });
  return result.value;
}

for (const source of [{ kind: 'simulator' }, { kind: 'webcam', device: 'test' }]) {
  test(`a recording of the ${source.kind} plays in the page, to its last picture`, async ({
    app,
    host,
  }) => {
    await ask(host, 'source.connect', { source });
    await expect.poll(async () => (await statusOf(host)).state, { timeout: 15_000 }).toBe('live');
    await ask(host, 'record.start', {});
    await expect
      .poll(async () => (await ask<Recording>(host, 'record.state', {})).durationMs, {
        timeout: 20_000,
      })
      .toBeGreaterThan(3_000);
    const { films } = await ask<Kept>(host, 'record.stop', {});
    const { items } = await ask<ItemPage>(host, 'library.list', { kinds: ['film'] });
    const played = await app.evaluate(
      async (path) => {
        const video = document.createElement('video');
        video.muted = true;
        video.src = path;
        document.body.append(video);
        const over = new Promise((resolve) => {
          video.addEventListener('ended', () => resolve('ended'));
          video.addEventListener('error', () => resolve(video.error?.message ?? 'error'));
        });
        await video.play().catch(() => undefined);
        const how = await over;
        const { duration, videoWidth, currentTime } = video;
        video.currentTime = duration / 2;
        await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
        const middle = video.currentTime;
        video.remove();
        return { how, duration, videoWidth, currentTime, middle };
      },
      itemFilePath(items[0]?.id ?? ''),
    );
    const seconds = (films[0]?.durationMs ?? 0) / 1_000;
    expect(played.how).toBe('ended');
    expect(played.videoWidth).toBeGreaterThan(0);
    expect(Math.abs(played.duration - seconds)).toBeLessThan(0.1);
    expect(Math.abs(played.currentTime - played.duration)).toBeLessThan(0.1);
    expect(Math.abs(played.middle - played.duration / 2)).toBeLessThan(0.1);
  });
}
