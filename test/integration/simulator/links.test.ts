import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import { NO_LINE_FAULTS } from '../../../electron/simulator/network/line-faults.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { DroneClient, type RunningSimulator, runSimulator, until } from './drone-client.ts';

const bundle = () => `${process.env.HOVERDECK_BUNDLES}/simulator.js`;

describe('commands and state of the simulated drone', () => {
  assertNoLeaks();
  let simulator: RunningSimulator | undefined;
  const clients: DroneClient[] = [];

  async function start(...args: string[]): Promise<DroneClient> {
    simulator = await runSimulator(...args);
    return another();
  }

  async function another(): Promise<DroneClient> {
    const client = await DroneClient.open(simulator?.commandPort ?? 0);
    clients.push(client);
    return client;
  }

  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await simulator?.end();
    simulator = undefined;
  });

  it('says nothing before command, then answers', async () => {
    const drone = await start();
    drone.say('battery?');
    await sleep(150);
    expect(drone.answers).toEqual([]);
    expect(await drone.ask('command')).toBe('ok');
    expect(await drone.ask('battery?')).toBe('87\r\n');
    expect(await drone.ask('do something')).toBe('unknown command: do something');
    expect(await drone.ask('up 50')).toBe('error Not joystick');
    expect(drone.binaries).toEqual([]);
  });

  it('ignores garbage and what is too long', async () => {
    const drone = await start();
    await drone.ask('command');
    drone.say('\u0000\u0001\u00ff');
    drone.say('x'.repeat(2_000));
    drone.say('');
    expect(await drone.ask('sdk?')).toBe('30\r\n');
    expect(drone.answers).toHaveLength(2);
  });

  it('sends ten state lines a second from the command port', async () => {
    const drone = await start('--battery', '41');
    await drone.connect();
    await until(() => drone.states.length >= 5);
    expect(drone.states[0]?.fromPort).toBe(simulator?.commandPort);
    expect(drone.states[0]?.text).toMatch(
      /^mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;pitch:0;roll:0;yaw:0;vgx:0;vgy:0;vgz:0;templ:\d+;temph:\d+;tof:10;h:0;bat:41;baro:681\.32;time:0;agx:-10\.00;agy:-3\.00;agz:-1000\.00;\r\n$/,
    );
  });

  it('flies: takeoff is seen in the state before it is answered', async () => {
    const drone = await start();
    await drone.connect();
    drone.say('takeoff');
    await until(() => drone.states.some(({ text }) => /;vgz:-[234];/.test(text)));
    expect(drone.answers).toHaveLength(2);
    await until(() => drone.answers.length === 3, 15_000);
    expect(drone.answers[2]).toBe('ok');
    expect(drone.states.at(-1)?.text).toContain(';h:80;');
    drone.say('emergency');
    await until(() => drone.states.at(-1)?.text.includes(';h:0;') ?? false);
    expect(drone.answers).toHaveLength(3);
  });

  it('listens to whoever said command last', async () => {
    const first = await start();
    await first.connect();
    const second = await another();
    second.say('battery?');
    await sleep(100);
    expect(second.answers).toEqual([]);
    await second.connect();
    first.say('battery?');
    await until(() => second.states.length > 0);
    const seen = first.states.length;
    await sleep(300);
    expect(first.states).toHaveLength(seen);
    expect(first.answers).toHaveLength(2);
  });

  it('--garbage-first sends 35 binary bytes before the first ok, once', async () => {
    const drone = await start('--garbage-first');
    await drone.ask('command');
    await drone.ask('command');
    expect(drone.binaries).toHaveLength(1);
    expect(drone.binaries[0]).toHaveLength(35);
    expect(drone.binaries[0]?.[0]).toBe(0xcc);
  });

  it('--answer-delay and --lose-answers do that', async () => {
    const drone = await start('--answer-delay', '400');
    drone.say('command');
    await sleep(200);
    expect(drone.answers).toEqual([]);
    await until(() => drone.answers.length === 1);
    await simulator?.tell({ type: 'faults', faults: { answerDelayMs: 0, loseAnswers: 1 } });
    drone.say('battery?');
    await sleep(200);
    expect(drone.answers).toHaveLength(1);
    await simulator?.tell({ type: 'faults', faults: { loseAnswers: 0 } });
    expect(await drone.ask('battery?')).toBe('87\r\n');
  });

  it('each line has its own faults: state lost, commands lost, answers held', async () => {
    const drone = await start('--state-loss', '1');
    await drone.connect();
    await sleep(300);
    expect(drone.states).toEqual([]);
    expect((await simulator?.report('state'))?.counts).toMatchObject({ arrived: 0 });

    const faults = { state: { loss: 0 }, command: { loss: 1 } };
    await simulator?.tell({ type: 'faults', faults });
    await until(() => drone.states.length > 0);
    drone.say('battery?');
    await sleep(100);
    expect(drone.answers).toHaveLength(2);
    expect((await simulator?.report('command'))?.counts).toMatchObject({ arrived: 2, lost: 1 });

    const pauseLength = { kind: 'fixed', ms: 500 } as const;
    const held = { command: { loss: 0 }, answer: { pause: 1, pauseLength } };
    await simulator?.tell({ type: 'faults', faults: held });
    drone.say('battery?');
    drone.say('sdk?');
    await sleep(200);
    expect(drone.answers).toHaveLength(2);
    await until(() => drone.answers.length === 4);
    expect(drone.answers.slice(2)).toEqual(['87\r\n', '30\r\n']);
  });

  it('--silence-after and --silence-for: everything stops, and comes back', async () => {
    const drone = await start();
    await drone.connect();
    await drone.ask('streamon');
    await until(() => drone.datagrams.length > 0);
    await simulator?.tell({ type: 'faults', faults: { silenceAfterS: 0, silenceForS: 2.5 } });
    await sleep(100);
    const before = [drone.answers.length, drone.states.length, drone.datagrams.length];
    drone.say('battery?');
    await sleep(400);
    expect([drone.answers.length, drone.states.length, drone.datagrams.length]).toEqual(before);
    await until(() => drone.states.length > (before[1] ?? 0));
    await until(() => drone.datagrams.length > (before[2] ?? 0));
    expect(await drone.ask('battery?')).toMatch(/\d+\r\n/);

    await simulator?.tell({ type: 'faults', faults: { silenceForS: null } });
    drone.say('battery?');
    await sleep(300);
    expect(drone.answers).toHaveLength((before[0] ?? 0) + 1);
    await simulator?.tell({ type: 'faults', faults: { silenceAfterS: null } });
    expect(await drone.ask('battery?')).toMatch(/\d+\r\n/);
  });
});

describe('a simulated drone with bad manners', () => {
  assertNoLeaks();
  let simulator: RunningSimulator | undefined;
  let client: DroneClient | undefined;

  async function start(...args: string[]): Promise<DroneClient> {
    const drone = await DroneClient.open(0);
    client = drone;
    simulator = await runSimulator(...drone.portFlags, ...args);
    drone.dronePort = simulator.commandPort;
    return drone;
  }

  afterEach(async () => {
    client?.close();
    await simulator?.end();
    client = undefined;
    simulator = undefined;
  });

  it('--always-ok answers ok to questions', async () => {
    const drone = await start('--always-ok');
    for (const text of ['command', 'battery?', 'sdk?', 'nonsense']) {
      expect(await drone.ask(text)).toBe('ok');
    }
  });

  it('--streamon-error says error, and video flows', async () => {
    const drone = await start('--streamon-error');
    await drone.ask('command');
    expect(await drone.ask('streamon')).toBe('error');
    await until(() => drone.datagrams.length > 20);
  });

  it('--video-unasked streams to whoever speaks, and needs no answer for it', async () => {
    const drone = await start('--video-unasked', '--answer-loss', '100%');
    drone.say('battery?');
    await until(() => drone.datagrams.length > 20 && drone.states.length > 2);
    expect(drone.answers).toEqual([]);
  });

  it('--one-ok-for-two lands late, and says ok once', async () => {
    const drone = await start('--one-ok-for-two', '2000');
    await drone.ask('command');
    drone.say('takeoff');
    await until(() => drone.states.at(-1)?.text.includes(';h:80;') ?? false);
    drone.say('land');
    await sleep(1_000);
    expect(drone.states.at(-1)?.text).toContain(';h:80;');
    await until(() => drone.answers.length === 2);
    expect(drone.answers).toEqual(['ok', 'ok']);
    expect(drone.states.at(-1)?.text).toContain(';h:0;');
  });

  it('starts again when told to: deaf and dark for a while, then on the ground without a client', async () => {
    const drone = await start();
    await drone.ask('command');
    await drone.ask('streamon');
    await until(() => drone.datagrams.length > 0);
    drone.say('reboot');
    await sleep(300);
    const before = [drone.states.length, drone.datagrams.length];
    drone.say('command');
    await sleep(1_000);
    expect([drone.states.length, drone.datagrams.length]).toEqual(before);
    expect(drone.answers).toHaveLength(2);
    await until(() => {
      drone.say('command');
      return drone.answers.length > 2;
    });
    expect(await drone.ask('time?')).toMatch(/ok|0s/);
  });
});

describe('the process of the simulated drone', () => {
  assertNoLeaks();

  it('says why it cannot start when its port is taken', async () => {
    const first = await runSimulator();
    const second = startNodeChild('simulator', { args: ['--port', String(first.commandPort)] });
    const messages: unknown[] = [];
    second.onMessage((message) => messages.push(message));
    const exit = await new Promise((done) => second.onExit(done));
    expect(messages).toEqual([
      {
        type: 'failed',
        failure: {
          code: 'simulator-failed',
          message: expect.stringContaining(`127.0.0.1:${first.commandPort}`),
          tip: expect.any(String),
        },
      },
    ]);
    expect(exit).toEqual({ code: 1, signal: null });
    await first.end();
  });

  it('lives through messages it does not understand', async () => {
    const simulator = await runSimulator();
    simulator.child.send({ type: 'faults', faults: { loss: 7 } });
    simulator.child.send('nonsense');
    await simulator.tell({ type: 'faults', faults: { loss: 0.25 } });
    expect(simulator.messages.slice(1)).toEqual([
      {
        type: 'faults',
        faults: expect.objectContaining({
          video: { ...NO_LINE_FAULTS, loss: 0.25 },
          noVideo: false,
        }),
      },
    ]);
    await simulator.end();
  });

  it('ends while it streams, when its parent goes away', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { fork } from 'node:child_process';
         const child = fork(${JSON.stringify(bundle())}, ['--port', '0'], { serialization: 'advanced', execArgv: [] });
         child.on('message', ({ commandPort }) => console.log(child.pid, commandPort));`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(parent.stdout, 'data');
    const [pid = 0, port = 0] = String(line).trim().split(' ').map(Number);
    const client = await DroneClient.open(port);
    await client.connect();
    await client.ask('streamon');
    await until(() => client.datagrams.length > 0);
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    client.close();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'runs alone, says its ports, and ends on %s',
    async (signal) => {
      const alone = spawn(process.execPath, [bundle(), '--port', '0', '--video-port', '5555']);
      const [line] = await once(alone.stdout, 'data');
      expect(String(line)).toMatch(
        /^Simulated Tello: commands at 127\.0\.0\.1:\d+, state to port 8890, video to port 5555 [^\n]*\n$/,
      );
      const port = Number(/:(\d+),/.exec(String(line))?.[1]);
      const client = await DroneClient.open(port);
      await client.connect();
      await client.ask('streamon');
      await until(() => client.datagrams.length > 0);
      alone.kill(signal);
      expect(await once(alone, 'exit')).toEqual([0, null]);
      client.close();
    },
  );

  it('explains its flags, and refuses others with 2', async () => {
    for (const [flag, code] of [
      ['--help', 0],
      ['--bogus', 2],
      ['--loss=2', 2],
    ] as const) {
      const alone = spawn(process.execPath, [bundle(), flag]);
      let text = '';
      alone.stdout.on('data', (data) => {
        text += data;
      });
      alone.stderr.on('data', (data) => {
        text += data;
      });
      expect(await once(alone, 'close')).toEqual([code, null]);
      expect(text).toContain('Usage: npm run simulator');
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
