import type { WebSocket } from 'ws';
import { z } from 'zod';
import { failure } from '../../shared/result.ts';
import type { Caller } from '../base/caller.ts';
import type { Station } from '../station/station.ts';
import { boundSocket } from './bounded-socket.ts';
import type { TurnedAway } from './turned-away.ts';

/** More unanswered requests than any page has; a page that sends more is told `busy`. */
const MAX_PENDING_REQUESTS = 32;
/** Events are dropped for a page that has this much unread: it gets the next one. */
const MAX_UNREAD_BY_EVENTS_BYTES = 256 * 1024;
/** Answers cannot be dropped. This is a hundred of the longest; nobody who reads leaves so much. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** Counts those who connected, so that each has a name of its own. */
let callers = 0;

const requestSchema = z.object({ id: z.number().int(), name: z.string(), input: z.unknown() });

/**
 * Requests and events of one page over a WebSocket, as JSON text: `{id, name, input}` is answered by
 * `{id, result}`; events come as `{event, payload}`. What cannot be read ends the connection.
 */
export function serveControl(
  socket: WebSocket,
  station: Station,
  turnedAway: TurnedAway,
  kind: 'page' | 'script',
): void {
  const page = boundSocket(socket, MAX_UNREAD_BYTES, turnedAway);
  const gone = new AbortController();
  const number = ++callers;
  const caller: Caller = {
    id: `${kind}:${number}`,
    name: `${kind === 'page' ? 'Browser page' : 'Script'} ${number}`,
    gone: gone.signal,
  };
  let pending = 0;
  const send = (message: unknown) => page.send(JSON.stringify(message));
  const unsubscribe = station.onEvent((event, payload) => {
    if (page.unsentBytes() < MAX_UNREAD_BY_EVENTS_BYTES) send({ event, payload });
    else turnedAway.add('eventsSkipped');
  });
  socket.on('close', () => {
    unsubscribe();
    gone.abort();
  });

  socket.on('message', async (data, isBinary) => {
    const request = isBinary ? null : readRequest(String(data));
    if (request === null) {
      socket.close(1003, 'expected {id, name, input} as JSON');
      return;
    }
    if (pending >= MAX_PENDING_REQUESTS) {
      send({
        id: request.id,
        result: failure({ code: 'busy', message: 'Too many requests at once.' }),
      });
      return;
    }
    pending++;
    const result = await station.answer(request.name, request.input ?? {}, caller);
    pending--;
    send({ id: request.id, result });
  });
}

function readRequest(text: string): z.infer<typeof requestSchema> | null {
  try {
    return requestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
