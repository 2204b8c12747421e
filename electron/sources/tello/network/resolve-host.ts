import { lookup } from 'node:dns/promises';
import { hostProblem, parseIPv4 } from '../../../../shared/ipv4.ts';
import { abortable, pause } from '../../../base/abortable.ts';
import { StationError } from '../../../base/failures.ts';

/** A name server that has not answered by then is not there; systems go on asking for half a minute. */
const LOOKUP_TIMEOUT_MS = 5_000;
const TIP =
  'Check the spelling of the host. A Tello in its own Wi-Fi has the address 192.168.10.1.';

export type ResolveOptions = {
  timeoutMs?: number;
  /** The system's own unless a test has another. */
  lookUp?: (name: string) => Promise<string>;
};

/**
 * The IPv4 address of a host: what arrives is compared with it. Addresses are read here and nowhere else;
 * names are looked up. Rejects with `bad-request`, `network-unreachable` or `cancelled`.
 */
export async function resolveHost(
  host: string,
  signal: AbortSignal,
  { timeoutMs = LOOKUP_TIMEOUT_MS, lookUp = lookUpIPv4 }: ResolveOptions = {},
): Promise<string> {
  const problem = hostProblem(host);
  if (problem !== null) throw new StationError('bad-request', `${problem}.`, { tip: TIP });
  if (parseIPv4(host) !== null) return host;

  const done = new AbortController();
  const tooLate = pause(timeoutMs, done.signal).then(
    () => {
      throw noAddress(`“${host}” could not be looked up within ${timeoutMs / 1_000} s.`);
    },
    // Ended because the look-up is over: nobody waits for this any more.
    () => new Promise<never>(() => undefined),
  );
  try {
    const found = lookUp(host).catch((cause: unknown) => {
      throw lookupFailed(host, cause);
    });
    const address = await abortable(Promise.race([found, tooLate]), signal);
    // Filters on the way answer 0.0.0.0 for names they block, which would be this computer.
    if (hostProblem(address) === null) return address;
    throw noAddress(`“${host}” leads to ${address}, which is the address of no single drone.`);
  } finally {
    done.abort();
  }
}

async function lookUpIPv4(name: string): Promise<string> {
  return (await lookup(name, { family: 4 })).address;
}

function lookupFailed(host: string, cause: unknown): StationError {
  // The name server could not be asked; that says nothing about the name.
  const isTemporary = cause instanceof Error && 'code' in cause && cause.code === 'EAI_AGAIN';
  return noAddress(
    isTemporary
      ? `“${host}” could not be looked up: no name server answers.`
      : `No address is known for “${host}”.`,
    cause,
  );
}

function noAddress(message: string, cause?: unknown): StationError {
  return new StationError('network-unreachable', message, { tip: TIP, cause });
}
