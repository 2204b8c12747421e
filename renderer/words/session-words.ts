import type { LinkState } from '../../shared/client.ts';
import type { SourceSpec } from '../../shared/source.ts';
import { type Phase, STALE_AFTER_MS, type Status } from '../../shared/status.ts';
import { headlineOf, tipOf } from './error-words.ts';
import { spokenDuration } from './time.ts';
import type { Tone } from './tone.ts';

/**
 * What may be said of the picture on screen: there is none of this session, it is live, or it is old
 * (with the time since it was captured).
 */
export type PictureState = { kind: 'none' } | { kind: 'live' } | { kind: 'stale'; ageMs: number };

export type SessionWords = {
  /** One or two words for the top bar. */
  label: string;
  headline: string;
  detail: string;
  /** What to do, where there is something. */
  tip: string | null;
  tone: Tone;
};

export type Situation = {
  link: LinkState;
  status: Status | null;
  picture: PictureState;
  /** Set when this page cannot show the picture at all. */
  unable: { message: string; tip: string } | null;
};

/** Every situation in words: what is happening, since when, what to do. */
export function sessionWords({ link, status, picture, unable }: Situation): SessionWords {
  if (link === 'lost') {
    return {
      label: 'Not answering',
      headline: headlineOf('connection-lost'),
      detail: 'This page lost its connection and keeps trying.',
      tip: tipOf({ code: 'connection-lost', message: '' }),
      tone: 'degraded',
    };
  }
  if (status === null) {
    return {
      label: 'Starting',
      headline: 'Starting…',
      detail: 'Asking Hoverdeck what it can see.',
      tip: null,
      tone: 'neutral',
    };
  }
  switch (status.state) {
    case 'idle':
      return {
        label: 'Not connected',
        headline: 'What would you like to see?',
        detail: 'Choose a source to connect to it.',
        tip: null,
        tone: 'neutral',
      };
    case 'connecting':
      return connectingWords(status);
    case 'live':
      return unable === null ? liveWords(status, picture) : unableWords(unable);
    case 'reconnecting':
      return noSignalWords(status, picture, 'Reconnecting');
    case 'failed':
      return failedWords(status);
  }
}

function connectingWords(status: Status): SessionWords {
  const phase = status.phase ?? 'opening';
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

function liveWords(status: Status, picture: PictureState): SessionWords {
  if (picture.kind === 'stale') return noSignalWords(status, picture, 'No signal');
  if (picture.kind === 'none') {
    return {
      label: 'Live',
      headline: 'Waiting for the first picture…',
      detail: 'The video is coming in and is about to be drawn.',
      tip: null,
      tone: 'neutral',
    };
  }
  return {
    label: 'Live',
    headline: 'Live',
    detail: `You see what ${withArticle(status.source)} sees.`,
    tip: null,
    tone: 'live',
  };
}

function noSignalWords(status: Status, picture: PictureState, label: string): SessionWords {
  const words = phaseWords(status.phase ?? 'silent', status.source);
  const ageMs = picture.kind === 'stale' ? picture.ageMs : 0;
  const tip = status.error ? tipOf(status.error) : words.tip;
  return {
    label,
    headline: ageMs >= STALE_AFTER_MS ? `No signal for ${spokenDuration(ageMs)}` : `${label}…`,
    detail: `${status.error?.message ?? words.detail}${restartWords(status)}`,
    tip: tip ?? 'The picture comes back by itself as soon as the signal does.',
    tone: 'degraded',
  };
}

/** How often the camera's reader had to be started again; nothing while it never was. */
function restartWords(status: Status): string {
  const restarts = status.reader?.restarts ?? 0;
  if (restarts === 0) return '';
  return restarts === 1 ? ' Started again once.' : ` Started again ${restarts} times.`;
}

function failedWords(status: Status): SessionWords {
  const error = status.error;
  return {
    label: 'Failed',
    headline: error ? headlineOf(error.code) : 'The connection failed',
    detail: error?.message ?? 'There was no reason given.',
    tip: error ? tipOf(error) : 'Try again, or choose another source.',
    tone: 'danger',
  };
}

function unableWords(unable: { message: string; tip: string }): SessionWords {
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
