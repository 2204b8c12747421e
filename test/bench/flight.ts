import { WebSocket } from 'ws';
import { startBrowserHost } from '../e2e/browser-host.ts';
import { eventually } from '../support/eventually.ts';
import { goodExcept } from '../support/fake-tello.ts';
import { FlyingTello } from '../support/flying-tello.ts';
import { freeUdpPorts } from '../support/simulator.ts';
import { milliseconds } from './statistics.ts';

/** `npm run bench:flight -- --quick` measures a fifth as long. */
const scale = process.argv.includes('--quick') ? 0.2 : 1;
const STICK_UPDATES = 1_500 * scale;
const STICK_PERIOD_MS = 40;
const STOPS = Math.ceil(50 * scale);
const EMERGENCIES = Math.ceil(10 * scale);
/** One in flight that is never answered, and as many behind it as may wait. */
const MOVES = 17;
const TELEMETRY_REPORTS = 300 * scale;

const rows: Record<string, { measured: string; goal: string }> = {};
const drone = await FlyingTello.start();
const host = await startBrowserHost();
const client = await connect(host.url);
try {
  const [state, video] = await freeUdpPorts(2);
  const ports = { command: drone.drone.port, state, video };
  await client.ask('source.connect', { source: { kind: 'tello', host: '127.0.0.1', ports } });
  await takeOff();
  await measureSticks();
  await measureTelemetry();
  await measureExpress('stop', STOPS, {});
  await measureExpress('emergency', EMERGENCIES, { confirm: 'stop-all-motors' });
} finally {
  client.close();
  await host.stop();
  await drone.close();
}
console.log('Page’s WebSocket → main → UDP datagram received; p50 / p95, all on this machine');
console.table(rows);

async function takeOff(): Promise<void> {
  await eventually(
    () => client.ask('flight.state', {}),
    (answer) => answer.ready === true,
  );
  await client.ask('flight.takeOff', {});
}

async function measureSticks(): Promise<void> {
  const { drone: socket } = drone;
  const delays: number[] = [];
  await client.ask('flight.sticks', { right: 0, forward: 0, up: 0, yaw: 0 });
  for (let nth = 0; nth < STICK_UPDATES; nth++) {
    // Each differs from the last, so that its datagram is known.
    const forward = 10 + (nth % 90);
    const from = socket.received.length;
    const sentAtMs = performance.now();
    const { sent } = await client.ask('flight.sticks', { right: 0, forward, up: 0, yaw: 0 });
    await sleepUntil(sentAtMs + STICK_PERIOD_MS);
    const line = `rc 0 ${sent.forward} 0 0`;
    const at = socket.received.indexOf(line, from);
    const receivedAtMs = socket.receivedAtMs[at];
    if (receivedAtMs !== undefined) delays.push(receivedAtMs - sentAtMs);
  }
  await client.ask('flight.sticks', { right: 0, forward: 0, up: 0, yaw: 0 });
  rows['stick → rc'] = { measured: milliseconds(delays), goal: 'p95 ≤ 5 ms, with the page' };
}

async function measureTelemetry(): Promise<void> {
  const delays: number[] = [];
  for (let nth = 0; nth < TELEMETRY_REPORTS; nth++) {
    drone.extra = `nth:${nth};`;
    const told = await client.event('telemetry', (payload) => payload.fields.nth === String(nth));
    delays.push(told.atMs - drone.toldAtMs);
  }
  rows['telemetry → page'] = { measured: milliseconds(delays), goal: 'p95 ≤ 50 ms, with the HUD' };
}

async function measureExpress(word: string, rounds: number, input: object): Promise<void> {
  const { drone: socket } = drone;
  const name = word === 'stop' ? 'flight.stop' : 'flight.stopMotors';
  const delays: number[] = [];
  for (let round = 0; round < rounds; round++) {
    if (word === 'emergency' && round > 0) await takeOff();
    drone.answers = goodExcept({ forward: () => [] });
    const before = socket.received.length;
    const moves = Array.from({ length: MOVES }, () =>
      client.ask('flight.move', { direction: 'forward', distanceCm: 100 }),
    );
    await eventually(
      () => socket.received.indexOf('forward 100', before),
      (at) => at >= 0,
    );
    const from = socket.received.length;
    const sentAtMs = performance.now();
    const done = client.ask(name, input);
    await Promise.all([done, ...moves]);
    const at = socket.received.indexOf(word, from);
    const receivedAtMs = socket.receivedAtMs[at];
    if (receivedAtMs !== undefined) delays.push(receivedAtMs - sentAtMs);
  }
  rows[`${word}, ${MOVES - 1} waiting, one unanswered`] = {
    measured: milliseconds(delays),
    goal: 'leaves within 5 ms',
  };
}

async function connect(url: string) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { origin: new URL(url).origin });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  // biome-ignore lint/suspicious/noExplicitAny: replies of every kind, read by whoever asked
  const waiting = new Map<number, (result: any) => void>();
  // biome-ignore lint/suspicious/noExplicitAny: events of every kind
  let onEvent: (name: string, payload: any) => void = () => undefined;
  let nextId = 1;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.event !== undefined) onEvent(message.event, message.payload);
    else waiting.get(message.id)?.(message.result);
  });
  return {
    // biome-ignore lint/suspicious/noExplicitAny: see above
    ask(name: string, input: object): Promise<any> {
      const id = nextId++;
      socket.send(JSON.stringify({ id, name, input }));
      return new Promise((resolve, reject) => {
        waiting.set(id, (result) => {
          waiting.delete(id);
          if (result.ok) resolve(result.value);
          else reject(new Error(`${name}: ${JSON.stringify(result.error)}`));
        });
      });
    },
    // biome-ignore lint/suspicious/noExplicitAny: see above
    event(wanted: string, accept: (payload: any) => boolean): Promise<{ atMs: number }> {
      return new Promise((resolve) => {
        onEvent = (name, payload) => {
          if (name === wanted && accept(payload)) resolve({ atMs: performance.now() });
        };
      });
    },
    close: () => socket.close(),
  };
}

function sleepUntil(atMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, atMs - performance.now()));
}
