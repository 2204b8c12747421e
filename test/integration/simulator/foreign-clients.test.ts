import { afterEach, describe, expect, it } from 'vitest';
import { assertNoLeaks } from '../../support/leaks.ts';
import { DroneClient, type RunningSimulator, runSimulator, until } from './drone-client.ts';

/** What a client says, what it takes for success, and how long it waits; no answer is waited for where it expects none. */
type Call = { say: string; expects: RegExp | null; withinMs: number };

const OK = /ok/i;
const WHOLE_NUMBER = /^-?\d+$/;

function call(say: string, withinMs: number, expects: RegExp | null = OK): Call {
  return { say, expects, withinMs };
}

/** Facts about clients people use: the calls of a first flight, and what they make of the answers. */
const CLIENTS: { name: string; needsState: boolean; calls: Call[] }[] = [
  {
    // Answers are stripped of their line end; a read must parse as a number; 7 s, takeoff 20 s.
    name: 'DJITelloPy 2.5',
    needsState: true,
    calls: [
      call('command', 7_000),
      call('battery?', 7_000, WHOLE_NUMBER),
      call('streamon', 7_000),
      call('speed 50', 7_000),
      call('takeoff', 20_000),
      call('forward 50', 7_000),
      call('cw 90', 7_000),
      call('rc 0 0 30 0', 0, null),
      call('rc 0 0 0 0', 0, null),
      call('go 20 20 20 50', 7_000),
      call('curve 100 100 0 200 0 0 60', 7_000),
      call('keepalive', 7_000),
      call('mon', 7_000),
      call('EXT led 255 0 0', 7_000),
      call('tof?', 7_000, /^\d+mm$/),
      call('attitude?', 7_000, /^pitch:-?\d+;roll:-?\d+;yaw:-?\d+;$/),
      call('land', 7_000),
      call('streamoff', 7_000),
    ],
  },
  {
    // The vendor's own example: one command after the other, each waits for any answer, without an end.
    name: 'Tello-Python (dji-sdk)',
    needsState: false,
    calls: [
      call('command', 20_000, /./),
      call('takeoff', 20_000, /./),
      call('flip f', 20_000, /./),
      call('up 50', 20_000, /./),
      call('land', 20_000, /./),
    ],
  },
  {
    // For Node: takes whatever comes for the answer, gives up after 10 s, and breaks on answers nobody waits for.
    name: 'tellojs',
    needsState: true,
    calls: [
      call('command', 10_000),
      call('takeoff', 10_000),
      call('up 20', 10_000),
      call('cw 180', 10_000),
      call('flip l', 10_000),
      call('battery?', 10_000, /^\d+\r?\n?$/),
      call('rc 0 0 0 0', 0, null),
      call('land', 10_000),
    ],
  },
];

describe('clients of other people', () => {
  assertNoLeaks();
  let simulator: RunningSimulator | undefined;
  let client: DroneClient | undefined;

  afterEach(async () => {
    client?.close();
    await simulator?.end();
    client = undefined;
    simulator = undefined;
  });

  async function start(...flags: string[]): Promise<DroneClient> {
    const drone = await DroneClient.open(0);
    client = drone;
    simulator = await runSimulator(...drone.portFlags, ...flags);
    drone.dronePort = simulator.commandPort;
    return drone;
  }

  it.each(CLIENTS)('$name flies it', { timeout: 90_000 }, async ({ needsState, calls }) => {
    const drone = await start();
    let answered = 0;
    for (const { say, expects, withinMs } of calls) {
      drone.say(say);
      if (!expects) continue;
      await until(() => drone.answers.length > answered, withinMs);
      expect(drone.answers[answered]?.trimEnd(), say).toMatch(expects);
      answered++;
      if (needsState) await until(() => drone.states.length > 0, 1_000);
      if (say === 'takeoff') await until(() => height(drone) >= 70, 1_000);
    }
    expect(drone.answers).toHaveLength(answered);
    expect(height(drone)).toBe(0);
  });

  it('one that asks again after a while flies it over a bad link: what it wants shows in the state', {
    timeout: 90_000,
  }, async () => {
    const lossy = ['--command-loss', '30%', '--answer-loss', '30%', '--state-loss', '20%'];
    const drone = await start(...lossy, '--seed', '3');
    const insist = async (say: string, isSo: () => boolean) => {
      for (let time = 0; time < 12 && !isSo(); time++) {
        drone.say(say);
        await until(isSo, 1_500).catch(() => undefined);
      }
      expect(isSo(), say).toBe(true);
    };
    await insist('command', () => drone.states.length > 0);
    await insist('streamon', () => drone.datagrams.length > 20);
    await insist('takeoff', () => height(drone) >= 70);
    // Sticks are said over and over anyway, and are never answered.
    await insist('rc 0 0 60 0', () => height(drone) >= 150);
    await insist('rc 0 0 0 60', () => Math.abs(field(drone, 'yaw')) >= 40);
    await insist('rc 0 0 0 0', () => field(drone, 'vgz') === 0);
    await insist('land', () => height(drone) === 0);
    const lost = await simulator?.report('command');
    expect(lost?.counts.lost).toBeGreaterThan(0);
  });

  it('one whose answers come late sees from the state what was done meanwhile', {
    timeout: 90_000,
  }, async () => {
    const drone = await start('--answer-delay', '3000');
    await drone.ask('command');
    drone.say('takeoff');
    await until(() => height(drone) >= 70, 12_000);
    expect(drone.answers).toEqual(['ok']);
    await until(() => drone.answers.length === 2, 12_000);
    drone.say('up 60');
    const stands = ({ text }: { text: string }) =>
      text.includes(';vgz:0;') && /;h:1[34]0;/.test(text);
    await until(() => drone.states.slice(-10).every(stands), 6_000);
    expect(drone.answers).toHaveLength(2);
    drone.say('land');
    await until(() => height(drone) === 0, 9_000);
    await until(() => drone.answers.length === 4, 9_000);
    expect(drone.answers).toEqual(Array(4).fill('ok'));
  });
});

function field(drone: DroneClient, name: string): number {
  return Number(new RegExp(`;${name}:(-?\\d+);`).exec(drone.states.at(-1)?.text ?? '')?.[1]);
}

function height(drone: DroneClient): number {
  return field(drone, 'h');
}
