import type { LinkState } from '../../shared/client.ts';
import type { SourceSpec } from '../../shared/source.ts';
import type { Phase, Status } from '../../shared/status.ts';
import { headlineOf, tipOf } from './error-words.ts';
import {
  judgePicture,
  type PictureState,
  type PictureVerdict,
  pictureWords,
} from './picture-words.ts';
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
  unable: { message: string; tip: string } | null;
};

/** Every situation in words: what is happening, since when, what to do. */
export function sessionWords({ link, status, picture, slow, unable }: Situation): SessionWords {
  if (link === 'lost') {
    return plain({
      label: 'Not answering',
      headline: headlineOf('connection-lost'),
      detail: 'This page lost its connection and keeps trying.',
      tip: tipOf({ code: 'connection-lost', message: '' }),
      tone: 'danger',
    });
  }
  if (status === null) {
    return plain({
      label: 'Starting',
      headline: 'Starting…',
      detail: 'Asking Hoverdeck what it can see.',
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
        label: 'Not connected',
        headline: 'What would you like to see?',
        detail: 'Choose a source to connect to it.',
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
  const spoken = /[.…?!]$/.test(words.headline) ? words.headline : `${words.headline}.`;
  return { ...words, spoken, verdict: null };
}

function connectingWords(status: Status): PlainWords {
  // Live without a picture yet: the first is on its way.
  const phase = status.state === 'live' ? 'streaming' : (status.phase ?? 'opening');
  const words = phaseWords(phase, status.source);
  const troubled = status.error !== null || phase === 'no-video';
  return {
    label: phase === 'no-video' ? 'No video' : 'Connecting',
    headline: status.error ? headlineOf(status.error.code) : words.headline,
    detail: status.error?.message ?? words.detail,
    tip: status.error ? tipOf(status.error) : words.tip,
    tone: troubled ? 'degraded' : 'neutral',
  };
}

function failedWords(status: Status): PlainWords {
  const error = status.error;
  return {
    label: 'Failed',
    headline: error ? headlineOf(error.code) : 'The connection failed',
    detail: error?.message ?? 'There was no reason given.',
    tip: error ? tipOf(error) : 'Try again, or choose another source.',
    tone: 'danger',
  };
}

function unableWords(unable: { message: string; tip: string }): PlainWords {
  return {
    label: 'No picture',
    headline: 'The picture cannot be shown here',
    detail: unable.message,
    tip: unable.tip,
    tone: 'danger',
  };
}

type PhaseWords = { headline: string; detail: string; tip: string | null };

function phaseWords(phase: Phase, source: SourceSpec | null): PhaseWords {
  const it = withArticle(source);
  const It = it.charAt(0).toUpperCase() + it.slice(1);
  switch (phase) {
    case 'opening':
      return openingWords(source);
    case 'waiting-for-video':
      return {
        headline: 'Waiting for the picture…',
        detail: `${It} answered. Its first picture is on the way.`,
        tip: null,
      };
    case 'no-video':
      return {
        headline: headlineOf('no-video'),
        detail: `No video reached UDP port ${videoPort(source)} of this computer.`,
        tip: tipOf({ code: 'no-video', message: '' }),
      };
    case 'waiting-for-keyframe':
      return {
        headline: 'Waiting for a whole picture…',
        detail: 'Video arrives. The next whole picture usually takes about a second.',
        tip: null,
      };
    case 'streaming':
      return { headline: 'Almost there…', detail: `${It} is sending pictures.`, tip: null };
    case 'silent':
      return {
        headline: 'No signal',
        detail: `Nothing has come from ${it} for a while.`,
        tip:
          source?.kind === 'webcam'
            ? 'Check the camera’s cable.'
            : 'Move closer, and check the drone’s battery.',
      };
    case 'waiting-to-retry':
      return {
        headline: 'Trying again in a moment…',
        detail: `${It} could not be opened yet. The next try follows by itself.`,
        tip: null,
      };
  }
}

function openingWords(source: SourceSpec | null): PhaseWords {
  switch (source?.kind) {
    case 'tello':
      return {
        headline: 'Looking for the drone…',
        detail: `Calling it at ${source.host}.`,
        tip: 'Switch the drone on and join its Wi-Fi, TELLO-XXXXXX.',
      };
    case 'webcam':
      return {
        headline: 'Opening the camera…',
        detail: 'Some cameras take a few seconds to wake.',
        tip: 'If the system asks, allow access to the camera.',
      };
    default:
      return {
        headline: 'Starting the simulated drone…',
        detail: 'This takes a moment.',
        tip: null,
      };
  }
}

function withArticle(source: SourceSpec | null): string {
  return source?.kind === 'webcam' ? 'the camera' : 'the drone';
}

function videoPort(source: SourceSpec | null): number {
  return source?.kind === 'tello' ? source.ports.video : 11_111;
}
