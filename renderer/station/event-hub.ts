import type { Unsubscribe } from '../../shared/client.ts';
import { type EventName, type EventPayload, events, isEventName } from '../../shared/events.ts';

type Listener = (payload: unknown) => void;

/** Hands the station's events to those who asked. Whatever does not fit the contract stops here. */
export type EventHub = {
  on<N extends EventName>(name: N, callback: (payload: EventPayload<N>) => void): Unsubscribe;
  /** Takes a name and payload as they came over the wire; false when they do not fit the contract. */
  deliver(name: string, payload: unknown): boolean;
};

export function createEventHub(): EventHub {
  const listeners = new Map<EventName, Set<Listener>>();

  return {
    on(name, callback) {
      const known = listeners.get(name) ?? new Set<Listener>();
      listeners.set(name, known);
      // `deliver` hands over nothing but what this event's own schema returned.
      const listener: Listener = (payload) => callback(payload as EventPayload<typeof name>);
      known.add(listener);
      return () => void known.delete(listener);
    },
    deliver(name, payload) {
      if (!isEventName(name)) return false;
      const parsed = events[name].safeParse(payload);
      if (!parsed.success) return false;
      for (const listener of [...(listeners.get(name) ?? [])]) listener(parsed.data);
      return true;
    },
  };
}
