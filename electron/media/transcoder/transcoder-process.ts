import { AV_LOG_FATAL } from 'node-av/constants';
import { Log } from 'node-av/lib';
import { prepareChild } from '../../processes/last-resort.ts';
import { connectToParent } from '../../processes/parent.ts';
import type { FromTranscoder, ToTranscoder } from '../transcoder-messages.ts';
import { PictureJob } from './picture-job.ts';

prepareChild();
Log.setLevel(AV_LOG_FATAL);
const parent = connectToParent();
let job: PictureJob | null = null;

parent.onMessage((raw) => {
  const message = raw as ToTranscoder;
  if (message.type === 'begin') {
    job ??= new PictureJob(message.shape, (out: FromTranscoder) => parent.send(out));
  } else job?.frame(message);
});
