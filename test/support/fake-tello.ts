import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** One datagram the drone sends in answer to a command. */
type Reply = { data: string | Uint8Array; afterMs?: number };
/** What a command gets; `nth` counts how often this command came, from 1. */
export type Script = (command: string, nth: number) => readonly Reply[];

const VALUES: Record<string, string> = {
  'battery?': '87',
  'attitude?': 'pitch:0;roll:0;yaw:0;',
  'acceleration?': 'agx:0.00;agy:0.00;agz:-1000.00;',
  'sdk?': '30',
  'sn?': '0TQDFAKE000001',
  'hardware?': 'TELLO',
  'wifiversion?': '1.0.0.33',
};

/** What a well-behaved drone answers. */
export const goodAnswers: Script = (command) => [{ data: VALUES[command] ?? 'ok' }];

/** A drone that answers as another one does, but so much later. */
export function late(script: Script, afterMs: number): Script {
  return (command, nth) => script(command, nth).map(({ data }) => ({ data, afterMs }));
}

/** A drone that answers some commands, by their first word, in its own way, and the rest well. */
export function goodExcept(special: Record<string, Script>): Script {
  return (command, nth) => (special[command.split(' ')[0] ?? ''] ?? goodAnswers)(command, nth);
}

/** A drone of a few lines on real sockets: it says what the test scripts, and nothing else. */
export class FakeTello {
  script: Script = goodAnswers;
  readonly received: string[] = [];
  readonly receivedAtMs: number[] = [];
  /** Local port of whoever spoke last, and where `port` said state and video should go. */
  clientPort = 0;
  statePort = 0;
  videoPort = 0;
  readonly #socket: Socket;
  readonly #counts = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (message, from) => {
      this.clientPort = from.port;
      this.#receive(message.toString('latin1'));
    });
  }

  static async start(): Promise<FakeTello> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new FakeTello(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends to the client's command socket, asked or not. */
  say(data: string | Uint8Array): void {
    this.#socket.send(data, this.clientPort, '127.0.0.1');
  }

  sendState(line: string | Uint8Array): void {
    this.#socket.send(line, this.statePort, '127.0.0.1');
  }

  sendVideo(...nals: Uint8Array[][]): void {
    for (const datagram of nals.flat()) this.#socket.send(datagram, this.videoPort, '127.0.0.1');
  }

  /** Sends these over and over, one list an interval, until the returned function is called. */
  stream(nals: Uint8Array[][], intervalMs = 5): () => void {
    let at = 0;
    const timer = setInterval(() => {
      this.sendVideo(nals[at] ?? []);
      at = (at + 1) % nals.length;
    }, intervalMs);
    this.#timers.add(timer);
    return () => clearInterval(timer);
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await new Promise<void>((resolve) => this.#socket.close(() => resolve()));
  }

  #receive(command: string): void {
    this.received.push(command);
    this.receivedAtMs.push(performance.now());
    const ports = /^port (\d+) (\d+)$/.exec(command);
    if (ports) {
      this.statePort = Number(ports[1]);
      this.videoPort = Number(ports[2]);
    }
    const nth = (this.#counts.get(command) ?? 0) + 1;
    this.#counts.set(command, nth);
    for (const { data, afterMs = 0 } of this.script(command, nth)) {
      if (afterMs === 0) this.say(data);
      else this.#timers.add(setTimeout(() => this.say(data), afterMs));
    }
  }
}
