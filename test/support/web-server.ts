import { mkdir, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { WebSocket } from 'ws';
import { type ShareServer, startShareServer } from '../../electron/web/server.ts';
import { startTestStation, type TestStation } from './test-station.ts';

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** A station and its HTTP server, in a test's hands. */
export type WebServer = {
  readonly station: TestStation;
  readonly server: ShareServer;
  readonly port: number;
  /** A plain HTTP request with exactly these headers: `fetch` would not let a test lie about Host. */
  get(
    path: string,
    headers?: Record<string, string>,
    method?: string,
    body?: string,
  ): Promise<Answer>;
  openSocket(path: string, headers?: Record<string, string>): Promise<WebSocket>;
  /** A bare connection, for what no client library would do. */
  openTcp(): Promise<Socket>;
  /** How many were turned away, and why. */
  turnedAway(): Promise<Record<string, number>>;
};

/** A fresh one for every test of the file; `port` is any free one. */
export function useWebServer(): WebServer {
  let station: TestStation | undefined;
  let server: ShareServer | undefined;
  const sockets = new Set<{ destroy(): void } | { terminate(): void }>();

  beforeEach(async () => {
    station = await startTestStation();
    const rendererFolder = join(station.folder, 'page');
    await mkdir(join(rendererFolder, 'assets'), { recursive: true });
    await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Page</title>');
    await writeFile(join(rendererFolder, 'assets', 'app-abc.js'), 'export {};');
    await writeFile(join(station.folder, 'secret.txt'), 'secret');
    const { log } = station;
    server = await startShareServer({ station: station.station, port: 0, rendererFolder, log });
  });
  afterEach(async () => {
    for (const socket of sockets) 'destroy' in socket ? socket.destroy() : socket.terminate();
    sockets.clear();
    await server?.dispose();
    await server?.dispose();
    await station?.close();
  });

  const running = (): ShareServer => {
    if (server === undefined) throw new Error('the server runs inside tests only');
    return server;
  };
  const self: WebServer = {
    get station() {
      if (station === undefined) throw new Error('the station runs inside tests only');
      return station;
    },
    get server() {
      return running();
    },
    get port() {
      return Number(new URL(running().url).port);
    },
    get(path, headers = {}, method = 'GET', body) {
      return new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: self.port, path, method, headers, agent: false };
        const request = httpRequest(options, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part) => {
            text += part;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        });
        request.on('error', reject);
        request.end(body);
      });
    },
    openSocket(path, headers = {}) {
      return new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${self.port}${path}`, { headers });
        sockets.add(socket);
        socket.once('open', () => resolve(socket));
        socket.on('error', reject);
      });
    },
    openTcp() {
      return new Promise((resolve, reject) => {
        const socket = connect(self.port, '127.0.0.1', () => resolve(socket));
        sockets.add(socket);
        socket.on('error', reject);
      });
    },
    async turnedAway() {
      return JSON.parse((await self.get('/api/web')).body).turnedAway;
    },
  };
  return self;
}

/** Resolves with the code the other end closed with. */
export function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', (code) => resolve(code)));
}
