import { createSocket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandLink } from '../../../../electron/sources/tello/commands/command-link.ts';
import { defaultTimings, type TelloTimings } from '../../../../electron/sources/tello/timings.ts';
import { FakeTello, goodAnswers, type Script } from '../../../support/fake-tello.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';

const timings: TelloTimings = {
  ...defaultTimings,
  commandGapMs: 20,
  resyncTimeoutMs: 300,
  keepAliveMs: 60,
  farewellMs: 100,
};
const QUICK = { timeoutMs: 250 };
const NEVER = new AbortController().signal;

describe('command link', () => {
  assertNoLeaks();
  let drone: FakeTello;
  let link: CommandLink;

  beforeEach(async () => {
    drone = await FakeTello.start();
    link = await CommandLink.open('127.0.0.1', drone.port, timings, NEVER);
  });
  afterEach(async () => {
    await link.dispose();
    await drone.close();
  });

  /** Answers as usual but for some commands. */
  const except = (special: Record<string, Script>) => {
    drone.script = (command, nth) => (special[command] ?? goodAnswers)(command, nth);
  };

  it('sends commands in order, one in flight, with a gap between them', async () => {
    except({ command: () => [{ data: 'ok', afterMs: 40 }] });
    const answers = await Promise.all(
      ['command', 'streamon', 'battery?'].map((command) => link.send(command, QUICK)),
    );
    expect(answers).toEqual(['ok', 'ok', '87']);
    expect(drone.received).toEqual(['command', 'streamon', 'battery?']);
    const [first = 0, second = 0, third = 0] = drone.receivedAtMs;
    expect(second - first).toBeGreaterThanOrEqual(55);
    expect(third - second).toBeGreaterThanOrEqual(15);
  });

  it('lets the pilot go first, and background questions last', async () => {
    except({ command: () => [{ data: 'ok', afterMs: 60 }] });
    const senders = ['background', 'station', 'pilot', 'station', 'pilot'] as const;
    const all = senders.map((sender, nth) =>
      link.perform(sender === 'background' ? 'sdk?' : `speed ${10 + nth}`, { ...QUICK, sender }),
    );
    const first = link.perform('command', QUICK);
    await Promise.all([first, ...all]);
    // The question was in flight already, and was answered.
    expect(drone.received).toEqual([
      ...['sdk?', 'speed 12', 'speed 14', 'speed 11', 'speed 13', 'command'],
    ]);
  });

  it('ignores what is no answer and counts it', async () => {
    const binary = new Uint8Array(35).fill(0x20);
    binary[0] = 0xcc;
    except({ command: () => [{ data: binary }, { data: new Uint8Array(0) }, { data: 'ok' }] });
    expect(await link.send('command', QUICK)).toBe('ok');
    expect(link.counts).toMatchObject({ ignored: 2, late: 0, answered: 1 });
  });

  it('takes answers from the drone alone', async () => {
    except({ command: () => [] });
    const stranger = createSocket('udp4');
    const asked = link.send('command', QUICK);
    await expect.poll(() => drone.clientPort).toBeGreaterThan(0);
    stranger.send('ok', drone.clientPort, '127.0.0.1');
    await expect(asked).rejects.toMatchObject({ code: 'drone-unreachable' });
    expect(link.counts.ignored).toBe(1);
    await new Promise<void>((resolve) => stranger.close(() => resolve()));
  });

  it('never takes a late answer for the next command’s', async () => {
    // The refusal of the first comes while the second is waiting to be sent, or sent.
    except({
      streamoff: () => [{ data: 'error late', afterMs: 320 }],
      'battery?': () => [{ data: '87', afterMs: 150 }],
    });
    await expect(link.send('streamoff', QUICK)).rejects.toMatchObject({
      code: 'drone-unreachable',
    });
    expect(await link.send('streamon', { timeoutMs: 500 })).toBe('ok');
    expect(drone.received).toEqual(['streamoff', 'battery?', 'streamon']);
    expect(link.counts.late).toBe(1);
  });

  it('asks something else where a late battery level could be mistaken for the answer', async () => {
    except({ 'battery?': () => [{ data: '12', afterMs: 320 }] });
    await expect(link.send('battery?', QUICK)).rejects.toMatchObject({ code: 'drone-unreachable' });
    expect(await link.send('streamon', QUICK)).toBe('ok');
    expect(drone.received).toEqual(['battery?', 'attitude?', 'streamon']);
  });

  it('gets back in step after a command that was tried more than once', async () => {
    except({
      command: (_, nth) => (nth === 1 ? [{ data: 'error first', afterMs: 330 }] : [{ data: 'ok' }]),
      'battery?': () => [{ data: '87', afterMs: 150 }],
    });
    expect(await link.send('command', { ...QUICK, tries: 3 })).toBe('ok');
    expect(await link.send('streamon', QUICK)).toBe('ok');
    expect(link.counts.late).toBe(1);
    expect(drone.received).toEqual(['command', 'command', 'battery?', 'streamon']);
  });

  it('tells that it cannot get back in step, and recovers with the drone', async () => {
    drone.script = () => [];
    await expect(link.send('streamon', QUICK)).rejects.toMatchObject({ code: 'drone-unreachable' });
    await expect(link.send('streamon', QUICK)).rejects.toMatchObject({ code: 'drone-unreachable' });
    expect(drone.received).toEqual(['streamon', 'battery?', 'attitude?', 'acceleration?']);
    drone.script = goodAnswers;
    expect(await link.send('command', QUICK)).toBe('ok');
    expect(await link.send('streamon', QUICK)).toBe('ok');
    expect(drone.received.slice(4)).toEqual(['command', 'battery?', 'streamon']);
  });

  it('repeats harmless commands and nothing that moves', async () => {
    drone.script = () => [];
    const patient = { timeoutMs: 30, tries: 3 };
    await expect(link.send('command', patient)).rejects.toMatchObject({
      code: 'drone-unreachable',
    });
    expect(drone.received).toEqual(['command', 'command', 'command']);
    drone.script = (command) => (command === 'takeoff' ? [] : goodAnswers(command, 1));
    await expect(link.send('takeoff', patient)).rejects.toMatchObject({
      code: 'drone-unreachable',
    });
    expect(drone.received.filter((command) => command === 'takeoff')).toHaveLength(1);
  });

  it('counts answers nobody waits for', async () => {
    except({ command: () => [{ data: 'ok' }, { data: 'ok' }, { data: 'ok', afterMs: 5 }] });
    expect(await link.send('command', QUICK)).toBe('ok');
    await expect.poll(() => link.counts.late).toBe(2);
    expect(await link.send('battery?', QUICK)).toBe('87');
  });

  it('ends a command at once when its signal fires, in flight or waiting', async () => {
    drone.script = () => [];
    const abort = new AbortController();
    const options = { timeoutMs: 60_000, signal: abort.signal };
    const commands = [link.send('command', options), link.send('streamon', options)];
    await expect.poll(() => drone.received).toEqual(['command']);
    abort.abort();
    for (const command of commands) {
      await expect(command).rejects.toMatchObject({ code: 'cancelled' });
    }
    await expect(link.send('command', options)).rejects.toMatchObject({ code: 'cancelled' });
    drone.script = goodAnswers;
    expect(await link.send('streamon', QUICK)).toBe('ok');
    expect(drone.received).toEqual(['command', 'battery?', 'streamon']);
  });

  it('bounds what waits', async () => {
    drone.script = () => [];
    const all = Array.from({ length: 30 }, () => link.send('streamon', { timeoutMs: 60_000 }));
    const codes = all.map((sent) => sent.catch((error) => error.code));
    await link.dispose();
    // One in flight, sixteen waiting.
    expect(await Promise.all(codes)).toEqual([
      ...Array(17).fill('cancelled'),
      ...Array(13).fill('busy'),
    ]);
  });

  it('keeps the drone awake only while nothing else is said', async () => {
    await link.send('command', QUICK);
    link.startKeepAlive();
    await expect.poll(() => drone.received.length).toBeGreaterThanOrEqual(4);
    expect(new Set(drone.received)).toEqual(new Set(['command']));
    await link.dispose();
    const before = drone.received.length;
    await sleep(150);
    expect(drone.received.length).toBe(before);
  });

  it('says goodbye once, before closing, whatever else is going on', async () => {
    drone.script = () => [];
    const waiting = link.send('command', { timeoutMs: 60_000 }).catch((error) => error.code);
    await expect.poll(() => drone.received).toEqual(['command']);
    await link.sayGoodbye('streamoff', timings.farewellMs);
    await link.dispose();
    await link.sayGoodbye('streamoff', timings.farewellMs);
    expect(await waiting).toBe('cancelled');
    await expect.poll(() => drone.received).toEqual(['command', 'streamoff']);
    await expect(link.send('command', QUICK)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
