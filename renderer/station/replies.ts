import { z } from 'zod';
import { type RequestName, type RequestOutput, requests } from '../../shared/requests.ts';
import { failure, failureSchema, type Result, success } from '../../shared/result.ts';

const envelopeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failureSchema }),
]);

/** Reads the station's reply to one request; a reply outside the contract becomes an `internal` failure. */
export function parseReply<N extends RequestName>(
  name: N,
  reply: unknown,
): Result<RequestOutput<N>> {
  const envelope = envelopeSchema.safeParse(reply);
  if (!envelope.success) return notUnderstood(name);
  if (!envelope.data.ok) return failure(envelope.data.error);
  const value = requests[name].output.safeParse(envelope.data.value);
  if (!value.success) return notUnderstood(name);
  // The schema just used is the one this type is inferred from.
  return success(value.data as RequestOutput<N>);
}

export function connectionLost<T>(): Result<T> {
  return failure({
    code: 'connection-lost',
    message: 'The connection to Hoverdeck was lost.',
    tip: 'It comes back by itself as soon as Hoverdeck answers; then try again.',
  });
}

function notUnderstood(name: string): Result<never> {
  return failure({
    code: 'internal',
    message: `Hoverdeck’s answer to “${name}” was not understood.`,
    tip: 'Reload the page: it may be older than the app that serves it.',
  });
}
