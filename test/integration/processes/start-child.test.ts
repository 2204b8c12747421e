import { describe, expect, test } from 'vitest';
import { MediaClient } from '../../../electron/media/media-client.ts';
import { ChildLife } from '../../../electron/processes/child-life.ts';
import { startNodeChild } from '../../../electron/processes/start-child.ts';
import { openSimulatedDrone } from '../../../electron/sources/simulated-drone.ts';
import { listCameras } from '../../../electron/sources/webcam/list-cameras.ts';
import { openWebcam } from '../../../electron/sources/webcam/open-webcam.ts';
import { RecordingListener } from '../../support/recording-listener.ts';
import { withoutFiles } from '../../support/without-files.ts';

const words = { message: expect.stringMatching(/too many files are open/), tip: /ulimit/ };
const tooManyFiles = (code: string) => ({
  ...words,
  code,
  tip: expect.stringMatching(words.tip),
});

describe.runIf(process.platform === 'linux')('wrong words: too few file descriptors', () => {
  // No look at leaks here: Node keeps the two pipes of a process that it could not start.
  test('a child that could not be started is an exit, and a kill reaches nobody else', async () => {
    await withoutFiles(async () => {
      const child = startNodeChild('media');
      const life = new ChildLife(child);
      // Node's own kill would signal pid 0 here: every process of this group.
      child.kill('SIGTERM');
      expect(await life.exited).toEqual({ code: null, signal: null, startError: 'EMFILE' });
      expect(await life.end()).toBe('by-itself');
    });
  });

  test('a photo, a camera, the list and the simulator each say so', async () => {
    const signal = new AbortController().signal;
    await withoutFiles(async () => {
      const media = new MediaClient(startNodeChild, () => undefined);
      const request = { codec: 'jpeg', units: [], format: 'jpeg', thumbnailWidth: 16 } as const;
      const view = { mirror: false, rotateDegrees: 0 } as const;
      await expect(media.picture({ ...request, units: [], view })).rejects.toMatchObject(
        tooManyFiles('decode-failed'),
      );
      await media.dispose();

      const webcam = openWebcam({ startChild: startNodeChild, readerPreference: () => 'ffmpeg' });
      await expect(
        webcam({ kind: 'webcam' }, new RecordingListener(), signal),
      ).rejects.toMatchObject(tooManyFiles('reader-crashed'));
      await expect(listCameras({ startChild: startNodeChild })).rejects.toMatchObject(
        tooManyFiles('reader-crashed'),
      );

      const drone = openSimulatedDrone({ startChild: startNodeChild });
      await expect(
        drone({ kind: 'simulator' }, new RecordingListener(), signal),
      ).rejects.toMatchObject(tooManyFiles('simulator-failed'));
    });
  });
});
