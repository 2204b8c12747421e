import type * as Electron from 'electron';
import { strict } from '../strict.ts';
import { createEvents, ignore, standIn } from './events.ts';

type Delivery = (data: unknown) => void;

/** Where a port's messages go once it was handed to a page. */
export type RemoteEnd = { deliver(data: unknown): void; close(): void };

type PortCore = {
  port: Electron.MessagePortMain;
  /** Takes what the other end posted. */
  receive: Delivery;
  otherEndClosed(): void;
  /** Moves this end into a page; nothing in this process may use it any more. */
  transfer(remote: RemoteEnd): { fromRemote: Delivery; remoteClosed(): void };
};

const cores = new WeakMap<object, PortCore>();

function createPort(peer: () => PortCore): PortCore {
  const events = createEvents<Electron.MessagePortMain>('MessagePortMain', {
    message: (port) => port.on('message', ignore),
    close: (port) => port.on('close', ignore),
  });
  let state: 'open' | 'moved' | 'closed' = 'open';
  let started = false;
  let remote: RemoteEnd | null = null;
  const held: unknown[] = [];

  const receive: Delivery = (data) => {
    if (state === 'closed') return;
    if (remote !== null) remote.deliver(data);
    else if (!started) held.push(data);
    else events.emit('message', { data, ports: [] });
  };
  const mustBeHere = () => {
    if (state === 'moved') throw new TypeError('Port has been transferred to another process.');
  };

  const port = strict('MessagePortMain', {
    ...events.methods,
    postMessage(message: unknown, transfer: unknown[] = []) {
      mustBeHere();
      if (transfer.length > 0) throw new Error('The desktop rig does not model nested ports.');
      const data = structuredClone(message);
      if (state === 'open') setImmediate(() => peer().receive(data));
    },
    start() {
      mustBeHere();
      started = true;
      setImmediate(() => {
        for (const data of held.splice(0)) events.emit('message', { data, ports: [] });
      });
    },
    close() {
      mustBeHere();
      if (state === 'closed') return;
      state = 'closed';
      setImmediate(() => {
        events.emit('close');
        peer().otherEndClosed();
      });
    },
  });

  const core: PortCore = {
    port: standIn<Electron.MessagePortMain>(port),
    receive,
    otherEndClosed() {
      if (state === 'closed') return;
      state = 'closed';
      if (remote !== null) remote.close();
      else events.emit('close');
    },
    transfer(end) {
      if (state !== 'open') throw new TypeError('Port at index 0 is already neutered');
      state = 'moved';
      remote = end;
      for (const data of held.splice(0)) end.deliver(data);
      return {
        fromRemote: (data) => peer().receive(data),
        remoteClosed() {
          state = 'closed';
          peer().otherEndClosed();
        },
      };
    },
  };
  cores.set(core.port, core);
  return core;
}

/** `new MessageChannelMain()`: two entangled ports in main, either of which may move to a page. */
export class MessageChannelMain {
  readonly port1: Electron.MessagePortMain;
  readonly port2: Electron.MessagePortMain;

  constructor() {
    const first: PortCore = createPort(() => second);
    const second: PortCore = createPort(() => first);
    this.port1 = first.port;
    this.port2 = second.port;
  }
}

export function transferPort(port: object, remote: RemoteEnd) {
  const core = cores.get(port);
  if (core === undefined) throw new TypeError('Invalid value for transfer');
  return core.transfer(remote);
}
