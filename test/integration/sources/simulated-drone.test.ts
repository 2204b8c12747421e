import { afterEach, describe, expect, it } from 'vitest';
import type { Child, StartChild } from '../../../electron/processes/child.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import { openSimulatedDrone } from '../../../electron/sources/simulated-drone.ts';
import type { OpenSource } from '../../../electron/video/source.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { RecordingListener } from '../../support/recording-listener.ts';

const NEVER = new AbortController().signal;
const SPEC = { kind: 'simulator' } as const;
const PICTURE_WAIT = { timeout: 15_000, interval: 50 };

/** The children that were started, for a test that wants to hurt one. */
function recordChildren(): { start: StartChild; children: Child[] } {
  const children: Child[] = [];
  const start: StartChild = (entry, options) => {
    const child = startNodeChild(entry, options);
    children.push(child);
    return child;
  };
  return { start, children };
}

describe('the simulated drone as a source', () => {
  assertNoLeaks();
  const opened: OpenSource[] = [];
  // What a failing test left open is not the next one's.
  afterEach(() => Promise.all(opened.splice(0).map((source) => source.dispose())));

  it('streams through the real protocol, and is gone after dispose', async () => {
    const { start, children } = recordChildren();
    const listener = new RecordingListener();
    const source = await openSimulatedDrone({ startChild: start })(SPEC, listener, NEVER);
    opened.push(source);
    expect(source.name).toBe('Simulated drone');
    await expect.poll(() => listener.frames.length, PICTURE_WAIT).toBeGreaterThan(45);
    expect(listener.frames[0]).toMatchObject({
      keyframe: true,
      format: { codec: 'h264', codecString: 'avc1.4D4028', width: 960, height: 720 },
    });
    expect(listener.frames.filter(({ keyframe }) => keyframe).length).toBeGreaterThan(1);
    expect(listener.droppedCount).toBe(0);
    expect(listener.now.phase).toBe('streaming');
    await expect.poll(() => source.drone?.()?.batteryPercent).toBeGreaterThan(0);
    await Promise.all([source.dispose(), source.dispose()]);
    expect(isAlive(children[0])).toBe(false);
    expect(listener.losses).toEqual([]);
  });

  it('copes with noise, slow answers, a stream joined in its middle and a change of resolution', async () => {
    const listener = new RecordingListener();
    const faults = ['--garbage-first', '--answer-delay', '150', '--start-mid-gop'];
    const open = openSimulatedDrone({
      startChild: startNodeChild,
      simulatorArgs: [...faults, '--resolution-change-after', '4'],
    });
    const source = await open(SPEC, listener, NEVER);
    opened.push(source);
    const widths = () => [...new Set(listener.frames.map(({ format }) => format.width))];
    await expect.poll(widths, PICTURE_WAIT).toEqual([960, 640]);
    const first = listener.frames.findIndex(({ format }) => format.width === 640);
    expect(listener.frames[0]?.keyframe).toBe(true);
    expect(listener.frames[first]?.keyframe).toBe(true);
    expect(listener.droppedCount).toBe(0);
    await source.dispose();
  });

  it('keeps streaming through loss, repetition and disorder, and counts what is missing', async () => {
    const listener = new RecordingListener();
    const faults = ['--loss', '0.03', '--duplicate', '0.05', '--reorder', '0.02'];
    const source = await openSimulatedDrone({ startChild: startNodeChild, simulatorArgs: faults })(
      SPEC,
      listener,
      NEVER,
    );
    opened.push(source);
    await expect.poll(() => listener.droppedCount, PICTURE_WAIT).toBeGreaterThan(3);
    await expect.poll(() => listener.frames.length, PICTURE_WAIT).toBeGreaterThan(60);
    expect(listener.now.phase).toBe('streaming');
    await source.dispose();
  });

  it('says that there are no keyframes where none come', async () => {
    const listener = new RecordingListener();
    const source = await openSimulatedDrone({
      startChild: startNodeChild,
      simulatorArgs: ['--p-frames-only'],
    })(SPEC, listener, NEVER);
    opened.push(source);
    await expect.poll(() => listener.now.code, PICTURE_WAIT).toBe('no-keyframe');
    expect(listener.frames).toEqual([]);
    await source.dispose();
  });

  it('says when its process ends, and that trying again can help', async () => {
    const { start, children } = recordChildren();
    const listener = new RecordingListener();
    const source = await openSimulatedDrone({ startChild: start })(SPEC, listener, NEVER);
    opened.push(source);
    children[0]?.kill('SIGKILL');
    await expect.poll(() => listener.losses.length).toBe(1);
    expect(listener.losses[0]).toMatchObject({ code: 'simulator-failed', recoverable: true });
    await source.dispose();
  });

  it('repeats the last words of a process that cannot start', async () => {
    const open = openSimulatedDrone({
      startChild: startNodeChild,
      simulatorArgs: ['--no-such-switch'],
    });
    await expect(open(SPEC, new RecordingListener(), NEVER)).rejects.toMatchObject({
      code: 'simulator-failed',
      message: expect.stringContaining('no-such-switch'),
    });
  });

  it('kills a process that hangs', async () => {
    const { start, children } = recordChildren();
    const source = await openSimulatedDrone({ startChild: start })(
      SPEC,
      new RecordingListener(),
      NEVER,
    );
    opened.push(source);
    const pid = children[0]?.pid;
    if (pid === undefined) throw new Error('the simulator has no pid');
    process.kill(pid, 'SIGSTOP');
    await source.dispose();
    expect(isAlive(children[0])).toBe(false);
  });

  it.each([0, 20, 120, 400])('leaves nothing when it is cancelled after %i ms', async (delayMs) => {
    const { start, children } = recordChildren();
    const abort = new AbortController();
    const opening = openSimulatedDrone({ startChild: start })(
      SPEC,
      new RecordingListener(),
      abort.signal,
    );
    setTimeout(() => abort.abort(), delayMs);
    const opened = await opening.catch((error) => {
      expect(error).toMatchObject({ code: 'cancelled' });
      return null;
    });
    await opened?.dispose();
    expect(isAlive(children[0])).toBe(false);
  });
});

function isAlive(child: Child | undefined): boolean {
  if (child?.pid === undefined) throw new Error('no child was started');
  try {
    process.kill(child.pid, 0);
    return true;
  } catch {
    return false;
  }
}
