import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One release as the feed offers it. */
export type Release = {
  version: string;
  file: Buffer;
  /** What the feed says of the file; by default the truth. */
  sha512?: string | null;
};

export type FeedServer = {
  url: string;
  /** Paths asked for, oldest first. */
  requests: string[];
  /** Breaks the connection after so many bytes of the file; null sends it whole. */
  breakAfterBytes: number | null;
  /** Replaces the file under its true length and checksum; null sends it as it is. */
  sentInstead: Buffer | null;
  /** Replaces the feed file itself. */
  feedText: string | null;
  close(): Promise<void>;
};

/** A static update server on loopback, as the generic provider expects it; the faults are settable. */
export async function startFeedServer(release: Release): Promise<FeedServer> {
  const fileName = `Hoverdeck-${release.version}-linux-x86_64.AppImage`;
  const feed: FeedServer = {
    ...{ url: '', requests: [], breakAfterBytes: null, sentInstead: null, feedText: null },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://feed').pathname;
    feed.requests.push(path);
    if (path === '/latest-linux.yml') {
      response.end(feed.feedText ?? feedFile(fileName, release));
    } else if (path === `/${fileName}`) {
      const sent = feed.sentInstead ?? release.file;
      response.setHeader('content-length', sent.length);
      if (feed.breakAfterBytes === null) response.end(sent);
      else response.write(sent.subarray(0, feed.breakAfterBytes), () => response.destroy());
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  feed.url = `http://127.0.0.1:${port}/`;
  return feed;
}

/** `latest-linux.yml`, as electron-builder writes it beside an AppImage. */
function feedFile(name: string, { version, file, sha512 }: Release): string {
  const truth = createHash('sha512').update(file).digest('base64');
  const sum = sha512 === undefined ? truth : sha512;
  const lines = [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    ...(sum === null ? [] : [`    sha512: ${sum}`]),
    `    size: ${file.length}`,
    `path: ${name}`,
    ...(sum === null ? [] : [`sha512: ${sum}`]),
    "releaseDate: '2026-11-21T00:00:00.000Z'",
  ];
  return `${lines.join('\n')}\n`;
}
