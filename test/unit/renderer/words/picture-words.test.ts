import { describe, expect, it } from 'vitest';
import {
  judgePicture,
  type PictureFacts,
  type PictureState,
  type PictureVerdict,
  pictureWords,
} from '../../../../renderer/words/picture-words.ts';
import type { SourceSpec } from '../../../../shared/source.ts';
import type { Status, VideoStatus } from '../../../../shared/status.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const now: PictureState = { kind: 'live' };
const old = (ageMs: number): PictureState => ({ kind: 'stale', ageMs });
const webcam: SourceSpec = { kind: 'webcam', device: '/dev/video0' };

function video(changes: Partial<VideoStatus>): Partial<Status> {
  return { video: { ...(sampleStatus().video as VideoStatus), ...changes } };
}

const lost = (framesLost: number, framesHealed = 0) =>
  video({ loss: { framesLost, framesHealed } });

type Line = [
  verdict: PictureVerdict | null,
  why: string,
  facts: { status?: Partial<Status>; picture?: PictureState; slow?: boolean },
];

const table: Line[] = [
  ['live', 'whole, fresh and at the full rate', {}],
  ['live', 'exactly twenty a second', { status: video({ fps: 20 }) }],
  ['live', 'a camera at its own slow rate', { status: { ...video({ fps: 7.5 }), source: webcam } }],
  [
    'live',
    'a camera some of whose pictures came too late',
    {
      status: { ...lost(3), source: webcam },
    },
  ],
  ['weak', 'a camera whose pictures are damaged', { status: { ...lost(0, 1), source: webcam } }],
  ['live', 'a stream that has just begun, without a rate yet', { status: video({ fps: 0 }) }],
  ['live', 'the station does not count yet', { status: { video: null } }],
  ['weak', 'one picture lost in the last seconds', { status: lost(1) }],
  ['weak', 'one picture filled in', { status: lost(0, 1) }],
  ['weak', 'a drone below twenty a second', { status: video({ fps: 19.9 }) }],
  ['weak', 'a gap everybody sees', { status: video({ lastFrameAgeMs: 1_001 }) }],
  ['weak', 'loss comes before a slow page', { status: lost(3), slow: true }],
  ['slow', 'all arrives, and this page draws too little of it', { slow: true }],
  ['frozen', 'fresh pictures arrive, the one on screen is old', { picture: old(2_001) }],
  [
    'frozen',
    'data arrives, nothing in it can be decoded',
    {
      status: { state: 'reconnecting', phase: 'waiting-for-keyframe' },
      picture: old(5_000),
    },
  ],
  [
    'no-signal',
    'nothing arrives',
    { status: video({ lastFrameAgeMs: 2_300 }), picture: old(2_300) },
  ],
  [
    'no-signal',
    'the station says so first',
    {
      status: { state: 'reconnecting', phase: 'silent' },
      picture: old(400),
    },
  ],
  [
    'no-signal',
    'the drone answers and sends nothing',
    {
      status: { state: 'reconnecting', phase: 'no-video' },
      picture: old(4_000),
    },
  ],
  [
    'lost',
    'the source is opened again',
    {
      status: { state: 'reconnecting', phase: 'opening' },
      picture: old(9_000),
    },
  ],
  [
    'lost',
    'the next try is awaited',
    {
      status: { state: 'reconnecting', phase: 'waiting-to-retry' },
      picture: old(9_000),
    },
  ],
  [null, 'nothing was shown yet', { picture: { kind: 'none' } }],
  [null, 'it is being opened', { status: { state: 'connecting', phase: 'opening' } }],
  [null, 'nobody asked for a picture', { status: { state: 'idle' }, picture: { kind: 'none' } }],
  [null, 'it failed', { status: { state: 'failed' } }],
];

function facts({ status, picture = now, slow = false }: Line[2]): PictureFacts {
  return { status: sampleStatus(status), picture, slow };
}

describe('the word for the picture', () => {
  it.each(table)('%s: %s', (verdict, _why, line) => {
    expect(judgePicture(facts(line))).toBe(verdict);
  });

  it('is green for one verdict only', () => {
    const tones = table.map(([verdict, , line]) => [
      verdict,
      verdict && pictureWords(verdict, facts(line)).tone,
    ]);
    for (const [verdict, tone] of tones) expect(tone === 'live').toBe(verdict === 'live');
  });

  it('never stands over a headline that says something else', () => {
    for (const [verdict, , line] of table) {
      if (verdict === null) continue;
      const { label, headline, spoken } = pictureWords(verdict, facts(line));
      expect(headline).toMatch(
        {
          live: /^Live$/,
          weak: /^Weak signal$/,
          slow: /^Slow$/,
          frozen: /^No usable picture/,
          'no-signal': /^No signal/,
          lost: /^Connection lost/,
        }[verdict],
      );
      expect(label).not.toMatch(/reconnecting/i);
      expect(spoken).not.toMatch(/\d/);
    }
  });
});

describe('the sentences under it', () => {
  const words = (verdict: PictureVerdict, line: Line[2]) => pictureWords(verdict, facts(line));
  const waiting: Partial<Status> = { state: 'reconnecting', phase: 'waiting-for-keyframe' };

  it('count the seconds, once there are two of them', () => {
    expect(words('frozen', { status: waiting, picture: old(5_400) })).toMatchObject({
      label: 'Frozen',
      headline: 'No usable picture for 5 s',
      detail: 'The Wi-Fi is losing data.',
    });
    expect(words('no-signal', { picture: old(4_900) }).headline).toBe('No signal for 4 s');
    expect(words('no-signal', { picture: old(1_900) }).headline).toBe('No signal');
    expect(words('lost', { picture: old(12_000) }).headline).toBe('Connection lost · 12 s');
  });

  it('do not blame the Wi-Fi for what this page cannot show', () => {
    expect(words('frozen', { picture: old(3_000) }).detail).toContain('this page');
    expect(words('frozen', { status: lost(4), picture: old(3_000) }).detail).toContain('Wi-Fi');
    const camera = { ...waiting, source: webcam };
    expect(words('frozen', { status: camera, picture: old(3_000) }).detail).not.toContain('Wi-Fi');
  });

  it('say how much was lost', () => {
    expect(words('weak', { status: lost(1) }).detail).toContain('One picture');
    expect(words('weak', { status: lost(2, 3) }).detail).toContain('5 pictures');
    expect(words('weak', { status: video({ fps: 12 }) }).detail).toBe('Few pictures arrive.');
  });

  it('put the station’s own first', () => {
    const error = { code: 'video-lost', message: 'Nothing for 3 s.', tip: 'Go there.' } as const;
    const said = words('no-signal', { status: { error }, picture: old(3_000) });
    expect(said).toMatchObject({ detail: error.message, tip: error.tip });
    expect(words('lost', { status: { error } }).headline).toBe('The video stopped');
  });

  it('say how often a camera had to be started again', () => {
    const detail = (restarts: number) =>
      words('lost', {
        status: {
          source: webcam,
          reader: { reader: 'ffmpeg', restarts, damagedPictures: 0, lastReaderError: null },
        },
      }).detail;
    expect(detail(0)).not.toContain('again once');
    expect(detail(1)).toContain('Started again once.');
    expect(detail(3)).toContain('Started again 3 times.');
  });
});
