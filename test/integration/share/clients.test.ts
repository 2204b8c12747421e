import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { runProgram } from '../../support/run-program.ts';
import { startSimulator, type TestSimulator } from '../../support/simulator.ts';
import { useWebServer } from '../../support/web-server.ts';

/** Debian's own: the one OpenCV's module belongs to. */
const PYTHON = '/usr/bin/python3';
const COUNT_WITH_OPENCV = `
import cv2, sys
capture = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG)
read = [capture.read() for _ in range(12)]
print([frame.shape for ok, frame in read if ok])
`;

const hasProgram = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const has = {
  ffmpeg: hasProgram('ffmpeg', '-version') && hasProgram('ffprobe', '-version'),
  curl: hasProgram('curl', '--version'),
  opencv: hasProgram(PYTHON, '-c', 'import cv2'),
};
for (const [program, isThere] of Object.entries(has)) {
  if (!isThere) console.warn(`SKIPPED: watching with ${program}, which is not installed`);
}

describe('the programs people have', () => {
  assertNoLeaks();
  const web = useWebServer();
  let drone: TestSimulator;
  beforeEach(async () => {
    drone = await startSimulator();
    await web.station.ask('source.connect', { source: drone.source });
    await eventually(
      () => web.station.ask('status.get', {}),
      ({ state }) => state === 'live',
    );
  });
  afterEach(() => drone.close());

  it.skipIf(!has.ffmpeg).each([
    ['/stream.h264', 'h264'],
    ['/stream.mjpeg', 'mpjpeg'],
  ])('FFmpeg decodes %s without a complaint', async (path, format) => {
    const url = `${web.server.url}${path}`;
    const args = ['-v', 'error', '-f', format, '-i', url, '-frames:v', '20'];
    const { stdout, stderr } = await runProgram('ffmpeg', [...args, '-f', 'framemd5', '-']);
    const hashes = stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(',').at(-1));
    expect(hashes).toHaveLength(20);
    expect(new Set(hashes).size).toBe(20);
    expect(stderr).toBe('');
  });

  it.skipIf(!has.ffmpeg)('ffprobe says what the stream is', async () => {
    const fields = ['-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0'];
    const { stdout } = await runProgram('ffprobe', [
      ...['-v', 'error', ...fields],
      `${web.server.url}/stream.h264`,
    ]);
    expect(stdout.toString().trim()).toBe('h264,960,720');
  });

  it.skipIf(!has.curl)('curl fetches a picture', async () => {
    const { stdout } = await runProgram('curl', ['-sf', `${web.server.url}/?action=snapshot`]);
    expect(decodeJpeg(stdout)).toMatchObject({ width: 960, height: 720 });
  });

  it.skipIf(!has.opencv).each(['/stream.h264', '/stream.mjpeg'])(
    'OpenCV reads %s',
    async (path) => {
      const url = `${web.server.url}${path}`;
      const { stdout } = await runProgram(PYTHON, ['-c', COUNT_WITH_OPENCV, url]);
      expect(JSON.parse(stdout.toString().replaceAll('(', '[').replaceAll(')', ']'))).toEqual(
        Array.from({ length: 12 }, () => [720, 960, 3]),
      );
    },
  );
});
