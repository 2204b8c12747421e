import { connect, type Socket } from 'node:net';

export type StreamReader = {
  socket: Socket;
  /** All that came: head and body. */
  received(): Buffer;
  isClosed(): boolean;
};

/** Opens a stream on a bare connection, as old players do (HTTP/1.0 unless told), and keeps what comes. */
export function readStream(
  port: number,
  path: string,
  {
    head = [],
    version = '1.0',
    host = '127.0.0.1',
  }: {
    head?: readonly string[];
    version?: string;
    host?: string;
  } = {},
): Promise<StreamReader> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let isClosed = false;
    const socket = connect(port, host, () => {
      const lines = [`GET ${path} HTTP/${version}`, `Host: ${host}:${port}`, ...head];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      resolve({ socket, received: () => Buffer.concat(parts), isClosed: () => isClosed });
    });
    socket.on('data', (data) => parts.push(data));
    socket.on('close', () => {
      isClosed = true;
    });
    socket.on('error', reject);
  });
}

export type MjpegPart = { head: string; jpeg: Buffer; boundaryFollows: boolean };

/** The whole parts of an MJPEG stream, read by its own lengths. */
export function readParts(received: Buffer): MjpegPart[] {
  const parts: MjpegPart[] = [];
  let at = received.indexOf('\r\n\r\n') + 4;
  for (;;) {
    const begin = received.indexOf('--frame\r\n', at);
    const headEnd = received.indexOf('\r\n\r\n', begin);
    if (begin < 0 || headEnd < 0) return parts;
    const head = received.toString('latin1', begin + 9, headEnd);
    const length = Number(/Content-Length: (\d+)/.exec(head)?.[1]);
    const jpeg = received.subarray(headEnd + 4, headEnd + 4 + length);
    if (jpeg.length < length) return parts;
    at = headEnd + 4 + length;
    const boundaryFollows = received.toString('latin1', at, at + 11) === '\r\n--frame\r\n';
    parts.push({ head, jpeg, boundaryFollows });
  }
}
