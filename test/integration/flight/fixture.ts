import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { WebSocket } from 'ws';
import { type ShareServer, startShareServer } from '../../../electron/web/server.ts';
import type { FlightState, TelemetryReport } from '../../../shared/flight.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../../shared/requests.ts';
import type { Result } from '../../../shared/result.ts';
import { eventually } from '../../support/eventually.ts';
import { FlyingTello } from '../../support/flying-tello.ts';
import { freeUdpPorts } from '../../support/simulator.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

/** One connection to `/ws`: a page, or a script. */
type Client = {
  request<N extends RequestName>(
    name: N,
    input: RequestInput<N>,
  ): Promise<Result<RequestOutput<N>>>;
  /** The value of a request that must succeed. */
  ask<N extends RequestName>(name: N, input: RequestInput<N>): Promise<RequestOutput<N>>;
  /** Newest of each event. */
  flight(): FlightState | undefined;
  telemetry: TelemetryReport[];
  /** Holds sticks as a page does, 25 times a second; returns the end of it. */
  hold(sticks: RequestInput<'flight.sticks'>): () => void;
  socket: WebSocket;
};

export type Hangar = {
  readonly drone: FlyingTello;
  readonly station: TestStation;
  readonly port: number;
  connect(kind?: 'page' | 'script'): Promise<Client>;
  post(name: string, input: unknown, script?: string): Promise<Result<never>>;
  /** A page that took off and hovers. */
  fly(): Promise<Client>;
};

/** A station, its web server and a fake drone it is connected to, for every test of the file. */
export function useHangar(): Hangar {
  let station: TestStation | undefined;
  let server: ShareServer | undefined;
  let drone: FlyingTello | undefined;
  const clients: Client[] = [];
  const holds = new Set<() => void>();

  beforeEach(async () => {
    drone = await FlyingTello.start();
    station = await startTestStation();
    const rendererFolder = join(station.folder, 'page');
    await mkdir(join(rendererFolder, 'assets'), { recursive: true });
    await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Page</title>');
    server = await startShareServer({
      station: station.station,
      port: 0,
      rendererFolder,
      log: station.log,
    });
    const [state, video] = await freeUdpPorts(2);
    await station.ask('source.connect', {
      source: {
        kind: 'tello',
        host: '127.0.0.1',
        ports: { command: drone.drone.port, state, video },
      },
    });
  });
  afterEach(async () => {
    for (const stop of holds) stop();
    holds.clear();
    for (const { socket } of clients.splice(0)) socket.terminate();
    await server?.dispose();
    await station?.close();
    await drone?.close();
  });

  const self: Hangar = {
    get drone() {
      return existing(drone);
    },
    get station() {
      return existing(station);
    },
    get port() {
      return Number(new URL(existing(server).url).port);
    },
    async connect(kind = 'page') {
      const client = await openClient(self.port, kind, holds);
      clients.push(client);
      return client;
    },
    async post(name, input, script) {
      const response = await fetch(`http://127.0.0.1:${self.port}/api/request/${name}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: {
          'content-type': 'application/json',
          ...(script === undefined ? {} : { 'hoverdeck-script': script }),
        },
      });
      return (await response.json()) as Result<never>;
    },
    async fly() {
      const page = await self.connect();
      await eventually(
        () => page.ask('flight.state', {}),
        ({ ready }) => ready,
      );
      const outcome = await page.ask('flight.takeOff', {});
      if (outcome.outcome !== 'confirmed') throw new Error(JSON.stringify(outcome));
      return page;
    },
  };
  return self;
}

function existing<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('there only inside tests');
  return value;
}

async function openClient(
  port: number,
  kind: 'page' | 'script',
  holds: Set<() => void>,
): Promise<Client> {
  const origin = `http://127.0.0.1:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, kind === 'page' ? { origin } : {});
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  const waiting = new Map<number, (result: Result<never>) => void>();
  const telemetry: TelemetryReport[] = [];
  let newest: FlightState | undefined;
  let nextId = 1;
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    if (message.event === 'flight') newest = message.payload;
    else if (message.event === 'telemetry') telemetry.push(message.payload);
    else if (message.id !== undefined) waiting.get(message.id)?.(message.result);
  });
  const client: Client = {
    socket,
    telemetry,
    flight: () => newest,
    request: (name, input) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, name, input }));
      }),
    async ask(name, input) {
      const result = await client.request(name, input);
      if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result.error)}`);
      return result.value;
    },
    hold(sticks) {
      const send = () => {
        if (socket.readyState === socket.OPEN) void client.request('flight.sticks', sticks);
      };
      send();
      const timer = setInterval(send, 40);
      const stop = () => clearInterval(timer);
      holds.add(stop);
      return stop;
    },
  };
  return client;
}
