import { z } from 'zod';
import { type RequestName, type RequestOutput, requests } from '../../shared/requests.ts';
import { failure, failureSchema, type Result, success } from '../../shared/result.ts';
import { say } from '../words/language.ts';

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
    message: say().station.lost,
    tip: say().station.lostTip,
  });
}

function notUnderstood(name: string): Result<never> {
  return failure({
    code: 'internal',
    message: say().station.notUnderstood(name),
    tip: say().station.notUnderstoodTip,
  });
}
