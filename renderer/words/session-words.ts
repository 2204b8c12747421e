import type { LinkState } from '../../shared/client.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { Phase, Status } from '../../shared/status.ts';
import type { Unable } from '../../shared/unable.ts';
import { headlineOf, sentenceOf, tipOf } from './error-words.ts';
import { say } from './language.ts';
import {
  judgePicture,
  type PictureState,
  type PictureVerdict,
  pictureWords,
} from './picture-words.ts';
import { sentence } from './sentence.ts';
import type { Tone } from './tone.ts';

export type SessionWords = {
  /** One or two words, beside the dot. */
  label: string;
  headline: string;
  /** The headline for those who listen: without the seconds that count. */
  spoken: string;
  detail: string;
  /** What to do, where there is something. */
  tip: string | null;
  tone: Tone;
  /** What the picture is; null while there is nothing to judge. */
  verdict: PictureVerdict | null;
};

export type Situation = {
  link: LinkState;
  status: Status | null;
  picture: PictureState;
  slow: boolean;
  /** Set when this page cannot show the picture at all. */
  unable: Unable | null;
};

/** Every situation in words: what is happening, since when, what to do. */
export function sessionWords({ link, status, picture, slow, unable }: Situation): SessionWords {
  const words = say().session;
  if (link === 'lost') {
    return plain({
      label: words.notAnswering,
      headline: headlineOf('connection-lost'),
      detail: words.keepsTrying,
      tip: tipOf({ code: 'connection-lost', message: '' }),
      tone: 'danger',
    });
  }
  if (status === null) {
    return plain({
      label: words.starting,
      headline: words.startingHeadline,
      detail: words.startingDetail,
      tip: null,
      tone: 'neutral',
    });
  }
  if (status.state === 'live' && unable !== null) return plain(unableWords(unable));
  const verdict = judgePicture({ status, picture, slow });
  if (verdict !== null) {
    return { ...pictureWords(verdict, { status, picture, slow }), verdict };
  }
  switch (status.state) {
    case 'idle':
      return plain({
        label: words.notConnected,
        headline: say().start.question,
        detail: words.chooseSource,
        tip: null,
        tone: 'neutral',
      });
    case 'failed':
      return plain(failedWords(status));
    default:
      return plain(connectingWords(status));
  }
}

type PlainWords = Omit<SessionWords, 'spoken' | 'verdict'>;

function plain(words: PlainWords): SessionWords {
  return { ...words, spoken: sentence(words.headline), verdict: null };
}

function connectingWords(status: Status): PlainWords {
  // Live without a picture yet: the first is on its way.
  const phase = status.state === 'live' ? 'streaming' : (status.phase ?? 'opening');
  const words = phaseWords(phase, status.source);
  const troubled = status.error !== null || phase === 'no-video';
  const { connecting, noVideo } = say().session;
  return {
    label: phase === 'no-video' ? noVideo : connecting,
    headline: status.error ? headlineOf(status.error.code) : words.headline,
    detail: (status.error && sentenceOf(status.error)) || words.detail,
    tip: status.error ? tipOf(status.error) : words.tip,
    tone: troubled ? 'degraded' : 'neutral',
  };
}

function failedWords({ error }: Status): PlainWords {
  const words = say().session;
  return {
    label: words.failed,
    headline: error ? headlineOf(error.code) : words.failedHeadline,
    detail: error ? sentenceOf(error) : words.failedNoReason,
    tip: error ? tipOf(error) : words.failedTip,
    tone: 'danger',
  };
}

function unableWords(unable: Unable): PlainWords {
  const { noPicture, unable: headline, noDecoder, noCodec, crowded } = say().session;
  const label = noPicture;
  switch (unable.kind) {
    case 'no-decoder':
      return { label, headline, ...noDecoder, tone: 'danger' };
    case 'codec':
      return { label, headline, ...noCodec(unable.codec), tone: 'danger' };
    case 'crowded':
      return { label, ...crowded, tone: 'degraded' };
  }
}

type PhaseWords = { headline: string; detail: string; tip: string | null };

function phaseWords(phase: Phase, source: SourceSpec | null): PhaseWords {
  const words = say().session;
  const camera = source?.kind === 'webcam';
  switch (phase) {
    case 'opening':
      return openingWords(source);
    case 'waiting-for-video':
      return {
        headline: words.waiting,
        detail: camera ? words.waitingCamera : words.waitingDrone,
        tip: null,
      };
    case 'no-video':
      return {
        headline: headlineOf('no-video'),
        detail: words.noVideoPort(videoPort(source)),
        tip: tipOf({ code: 'no-video', message: '' }),
      };
    case 'waiting-for-keyframe':
      return { headline: words.wholePicture, detail: words.wholePictureDetail, tip: null };
    case 'streaming':
      return {
        headline: words.almost,
        detail: camera ? words.sendingCamera : words.sendingDrone,
        tip: null,
      };
    case 'silent': {
      const { noSignal, silentCamera, silentDrone, silentCameraTip, silentDroneTip } =
        say().picture;
      return {
        headline: noSignal,
        detail: camera ? silentCamera : silentDrone,
        tip: camera ? silentCameraTip : silentDroneTip,
      };
    }
    case 'waiting-to-retry':
      return {
        headline: words.again,
        detail: camera ? words.againCamera : words.againDrone,
        tip: null,
      };
  }
}

function openingWords(source: SourceSpec | null): PhaseWords {
  const words = say().session;
  switch (source?.kind) {
    case 'tello':
      return {
        headline: words.lookingForDrone,
        detail: words.callingAt(source.host),
        tip: words.lookingTip,
      };
    case 'webcam':
      return {
        headline: words.openingCamera,
        detail: words.openingCameraDetail,
        tip: words.openingCameraTip,
      };
    default:
      return {
        headline: words.startingSimulator,
        detail: words.startingSimulatorDetail,
        tip: null,
      };
  }
}

function videoPort(source: SourceSpec | null): number {
  return source?.kind === 'tello' ? source.ports.video : 11_111;
}
