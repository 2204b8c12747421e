type Listener = (...values: never[]) => void;
type Call = (...values: unknown[]) => void;

/**
 * Which events a class has. Each name is spelt once more in a call that the compiler checks against
 * `electron.d.ts`, so that the double cannot have an event that Electron does not.
 */
export type EventProbes<T> = Readonly<Record<string, (target: T) => unknown>>;

/** For probes, which are compiled and never called. */
export const ignore = (): void => undefined;

export type Preventable = { readonly defaultPrevented: boolean; preventDefault(): void };

/** The listener methods of one object, refusing every event the double never emits. */
export function createEvents<T>(owner: string, probes: EventProbes<T>) {
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const add = (event: string, listener: Listener, once: boolean) => {
    if (!Object.hasOwn(probes, event)) {
      throw new Error(`The desktop rig does not model the event ${owner} '${event}'.`);
    }
    listeners.set(event, [...(listeners.get(event) ?? []), { listener, once }]);
  };
  const remove = (event: string, listener: Listener) => {
    const left = [...(listeners.get(event) ?? [])];
    const at = left.findLastIndex((entry) => entry.listener === listener);
    if (at >= 0) left.splice(at, 1);
    listeners.set(event, left);
  };
  return {
    methods: {
      on(event: string, listener: Listener) {
        add(event, listener, false);
        return this;
      },
      once(event: string, listener: Listener) {
        add(event, listener, true);
        return this;
      },
      off(event: string, listener: Listener) {
        remove(event, listener);
        return this;
      },
      removeListener(event: string, listener: Listener) {
        remove(event, listener);
        return this;
      },
    },
    /** True if anybody listened. */
    emit(event: string, ...values: unknown[]): boolean {
      const entries = listeners.get(event) ?? [];
      for (const { listener, once } of entries) {
        if (once) remove(event, listener);
        (listener as Call)(...values);
      }
      return entries.length > 0;
    },
  };
}

/** An event with a default, and what else it carries. */
export function preventable<P extends object>(values: P): P & Preventable {
  let prevented = false;
  return {
    ...values,
    get defaultPrevented() {
      return prevented;
    },
    preventDefault() {
      prevented = true;
    },
  };
}

/** Hands a double over as the Electron class it stands in for: the one place where types give way. */
export function standIn<T>(double: object): T {
  return double as T;
}
