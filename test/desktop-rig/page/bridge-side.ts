import type { CloneCodec } from '../clone-codec.ts';

/**
 * One end of Electron's context bridge: two JavaScript worlds of one page that share nothing but the
 * DOM. Plain values are copied, functions and promises are proxied, everything else is refused.
 * The two ends talk through synchronous DOM events, so that a call returns its value at once.
 */
export type BridgeSide = {
  /** Runs a named step of the other side and returns its value. */
  ask(step: string, ...values: unknown[]): unknown;
};

type Steps = Readonly<Record<string, (...values: unknown[]) => unknown>>;
type Reply = { ok: true; value: unknown } | { ok: false; message: string };
type Marker = { [MARK]: 'function' | 'promise'; id: number };
type AnyFunction = (...values: unknown[]) => unknown;

const MARK = '$bridge';

export function createBridgeSide(
  me: 'main' | 'isolated',
  secret: string,
  codec: CloneCodec,
  steps: Steps,
): BridgeSide {
  const other = me === 'main' ? 'isolated' : 'main';
  const functions = new Map<number, AnyFunction>();
  const pending = new Map<number, (reply: Reply) => void>();
  let nextId = 1;
  let lastReply: Reply | null = null;

  const builtIn: Steps = {
    call: (id, ...values) => {
      const target = functions.get(Number(id));
      if (target === undefined) throw new Error('the function is not there any more');
      return target(...values);
    },
    settle: (id, ok, value) => {
      pending.get(Number(id))?.(
        ok === true ? { ok: true, value } : { ok: false, message: String(value) },
      );
      pending.delete(Number(id));
    },
    ...steps,
  };

  function pack(value: unknown): unknown {
    if (typeof value === 'function') {
      const id = nextId++;
      functions.set(id, value as AnyFunction);
      return { [MARK]: 'function', id } satisfies Marker;
    }
    if (value instanceof Promise) return packPromise(value);
    if (Array.isArray(value)) return value.map(pack);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Error || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return value;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) {
      throw new Error('The rig’s context bridge carries plain values only.');
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
  }

  function packPromise(promise: Promise<unknown>): Marker {
    const id = nextId++;
    promise.then(
      (value) => ask('settle', id, true, value),
      (error: unknown) => ask('settle', id, false, messageOf(error)),
    );
    return { [MARK]: 'promise', id };
  }

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== 'object' || value === null) return value;
    if (isMarker(value)) return unpackMarker(value);
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
  }

  function unpackMarker({ [MARK]: kind, id }: Marker): unknown {
    if (kind === 'function') return (...values: unknown[]) => ask('call', id, ...values);
    return new Promise((resolve, reject) => {
      pending.set(id, (reply) =>
        reply.ok ? resolve(reply.value) : reject(new Error(reply.message)),
      );
    });
  }

  function ask(step: string, ...values: unknown[]): unknown {
    lastReply = null;
    const detail = codec.encode({ step, values: values.map(pack) });
    document.dispatchEvent(new CustomEvent(`${secret}:${other}`, { detail }));
    // The other side replied before `dispatchEvent` returned.
    const reply = lastReply as Reply | null;
    lastReply = null;
    if (reply === null) throw new Error('The other side of the context bridge does not answer.');
    if (!reply.ok) throw new Error(reply.message);
    return reply.value;
  }

  function answer(detail: unknown): Reply {
    try {
      const { step, values } = codec.decode(String(detail)) as { step: string; values: unknown[] };
      const run = builtIn[step];
      if (run === undefined) throw new Error(`unknown step ${step}`);
      return { ok: true, value: pack(run(...(unpack(values) as unknown[]))) };
    } catch (error) {
      return { ok: false, message: messageOf(error) };
    }
  }

  document.addEventListener(`${secret}:${me}`, (event) => {
    const detail = codec.encode(answer((event as CustomEvent).detail));
    document.dispatchEvent(new CustomEvent(`${secret}:${other}:reply`, { detail }));
  });
  document.addEventListener(`${secret}:${me}:reply`, (event) => {
    lastReply = unpack(codec.decode(String((event as CustomEvent).detail))) as Reply;
  });
  return { ask };
}

function isMarker(value: object): value is Marker {
  return MARK in value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
