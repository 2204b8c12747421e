import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createPainterClient,
  type PainterClient,
} from '../../../../renderer/live/painter-client.ts';
import type { PageToPainter, PainterToPage } from '../../../../renderer/painter/messages.ts';
import type { FrameLink, LinkState } from '../../../../shared/client.ts';
import { sampleMeters } from '../../../support/sample-meters.ts';

/** The worker's end of the channel: what the page posted, and what it hears. */
class WorkerEnd {
  readonly posted: PageToPainter[] = [];
  terminated = false;
  onmessage: ((event: { data: PainterToPage }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;

  postMessage(message: PageToPainter): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(message: PainterToPage): void {
    this.onmessage?.({ data: message });
  }

  types(): string[] {
    return this.posted.map((message) => message.type);
  }
}

describe('painter client', () => {
  let workers: WorkerEnd[];
  let canvases: number;
  let links: number;
  let failLinks: boolean;
  let meters: number;
  let tellLink: (state: LinkState) => void;
  let painter: PainterClient;

  beforeEach(() => {
    vi.useFakeTimers({ now: 100_000 });
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    workers = [];
    canvases = 0;
    links = 0;
    failLinks = false;
    meters = 0;
    painter = createPainterClient({
      createWorker() {
        const worker = new WorkerEnd();
        workers.push(worker);
        return worker as unknown as Worker;
      },
      mountCanvas: () => ({ canvas: ++canvases }) as unknown as OffscreenCanvas,
      openFrameLink(): Promise<FrameLink> {
        links++;
        return failLinks
          ? Promise.reject(new Error('no link'))
          : Promise.resolve({ kind: 'socket', url: `ws://station/frames?${links}` });
      },
      onLink(callback) {
        tellLink = callback;
        return () => undefined;
      },
      onMeters: () => void meters++,
      nowMs: () => Date.now(),
    });
  });

  afterEach(() => {
    painter.dispose();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  /** Lets time pass while the newest worker posts its figures, as a healthy one does. */
  async function healthy(durationMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 250) {
      await vi.advanceTimersByTimeAsync(250);
      workers.at(-1)?.say({ type: 'meters', ...sampleMeters() });
    }
  }

  it('hands over canvas, view and link, in this order', async () => {
    await vi.advanceTimersByTimeAsync(0);
    expect(workers[0]?.types()).toEqual(['canvas', 'view', 'link']);
    painter.setView({ mirror: true, rotateDegrees: 90 });
    expect(workers[0]?.posted.at(-1)).toEqual({ type: 'view', mirror: true, rotateDegrees: 90 });
  });

  it('leaves a healthy worker alone', async () => {
    await healthy(60_000);
    expect(workers).toHaveLength(1);
    expect(meters).toBe(240);
    expect(links).toBe(1);
  });

  it('replaces a worker that hangs, with a new canvas, link and the same view', async () => {
    painter.setView({ mirror: true, rotateDegrees: 180 });
    await healthy(3_000);
    await vi.advanceTimersByTimeAsync(2_600);
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
    expect(canvases).toBe(2);
    expect(links).toBe(2);
    expect(workers[1]?.posted[1]).toEqual({ type: 'view', mirror: true, rotateDegrees: 180 });
  });

  it('gives a worker time to load before it is called hung', async () => {
    await vi.advanceTimersByTimeAsync(9_000);
    expect(workers).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(workers).toHaveLength(2);
  });

  it('does not blame the worker for a sleeping page', async () => {
    await healthy(1_000);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(250);
    await healthy(1_000);
    expect(workers).toHaveLength(1);
  });

  it('replaces a crashing worker with growing delays', async () => {
    const crash = () => workers.at(-1)?.onerror?.({ message: 'boom' });
    crash();
    await vi.advanceTimersByTimeAsync(0);
    expect(workers).toHaveLength(2);
    crash();
    await vi.advanceTimersByTimeAsync(400);
    expect(workers).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(workers).toHaveLength(3);
  });

  it('hears nothing from a worker it replaced', async () => {
    const old = workers[0];
    old?.onerror?.({ message: 'boom' });
    await vi.advanceTimersByTimeAsync(0);
    old?.say({ type: 'meters', ...sampleMeters() });
    old?.say({ type: 'link-lost' });
    old?.onerror?.({ message: 'again' });
    await vi.advanceTimersByTimeAsync(0);
    expect(meters).toBe(0);
    expect(workers).toHaveLength(2);
    expect(links).toBe(2);
  });

  it('opens a lost link anew, later each time', async () => {
    await healthy(250);
    workers[0]?.say({ type: 'link-lost' });
    await healthy(250);
    expect(links).toBe(2);
    workers[0]?.say({ type: 'link-lost' });
    await vi.advanceTimersByTimeAsync(200);
    expect(links).toBe(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(links).toBe(3);
    expect(workers[0]?.types().filter((type) => type === 'link')).toHaveLength(3);
  });

  it('tries at once when the station is back', async () => {
    failLinks = true;
    await healthy(250);
    workers[0]?.say({ type: 'link-lost' });
    await healthy(4_000);
    failLinks = false;
    const before = links;
    tellLink('open');
    await vi.advanceTimersByTimeAsync(0);
    expect(links).toBe(before + 1);
    expect(workers[0]?.types().at(-1)).toBe('link');
  });
});
