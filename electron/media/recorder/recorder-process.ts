import { AV_LOG_FATAL } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { prepareChild } from '../../processes/last-resort.ts';
import { connectToParent } from '../../processes/parent.ts';
import type { FromRecorder, ToRecorder } from '../recorder-messages.ts';
import { mend } from './mend.ts';
import { RecordingJob } from './recording-job.ts';

prepareChild();
// What goes wrong is said once, in a message; FFmpeg would say it again for every picture.
Log.setLevel(AV_LOG_FATAL);
const parent = connectToParent();
const say = (message: FromRecorder) => parent.send(message);
let job: RecordingJob | null = null;

parent.onMessage((raw) => {
  const message = raw as ToRecorder;
  switch (message.type) {
    case 'begin':
      job ??= new RecordingJob(message, say);
      break;
    case 'frame':
      job?.frame(message);
      break;
    case 'next-film':
      job?.nextFilm(message.name);
      break;
    case 'finish':
      job?.finish();
      break;
    case 'mend':
      void finishLeftover(message.folder, message.fileName);
      break;
  }
});

async function finishLeftover(folder: string, fileName: string): Promise<void> {
  try {
    const film = await mend(folder, fileName);
    if (film !== null) say({ type: 'film', film });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    say({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  }
  say({ type: 'finished' });
}
