const DECIMAL_BYTE = /^(?:0|[1-9]\d{0,2})$/;
const NUMERIC_LABEL = /^(?:\d+|0x[0-9a-f]*)$/i;
/** First byte of multicast and reserved addresses, up to the broadcast. */
const FIRST_SHARED_BYTE = 224;

/**
 * Reads an IPv4 address: four decimal numbers from 0 to 255 without leading zeros, and nothing else. Systems
 * read more (`0x7f.1`, `127.0.0.010`, `2130706433`), each in its own way: whoever is not understood here
 * must not be handed on to them.
 */
export function parseIPv4(text: string): readonly [number, number, number, number] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => DECIMAL_BYTE.test(part))) return null;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return Math.max(a, b, c, d) > 255 ? null : [a, b, c, d];
}

/**
 * What is wrong with a host that is to be one drone, in words without an end mark; null where nothing is.
 * What ends in a number is an address and never a name (as in the URL standard).
 */
export function hostProblem(host: string): string | null {
  if (!NUMERIC_LABEL.test(host.split('.').at(-1) ?? '')) return null;
  const address = parseIPv4(host);
  if (address === null) {
    return 'Write the address as four plain numbers from 0 to 255, like 192.168.10.1';
  }
  const [first] = address;
  return first === 0 || first >= FIRST_SHARED_BYTE
    ? `${host} is the address of no single drone`
    : null;
}
