const EDGES = /^[\s\0]+|[\s\0]+$/g;

/**
 * The text of a datagram as the drone means it: without spaces, line ends and NULs at both ends. The one
 * rule for answers and state lines: units differ in what they put there, and some in each of the two.
 */
export function lineText(datagram: Uint8Array): string {
  const { buffer, byteOffset, length } = datagram;
  return Buffer.from(buffer, byteOffset, length).toString('latin1').replace(EDGES, '');
}
