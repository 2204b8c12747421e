import { describe, expect, it } from 'vitest';
import { headlineOf, tipOf } from '../../../../renderer/words/error-words.ts';
import { TELLO_WIFI } from '../../../../renderer/words/messages/en.ts';
import { type Situation, sessionWords } from '../../../../renderer/words/session-words.ts';
import { errorCodes } from '../../../../shared/errors.ts';
import type { SourceSpec } from '../../../../shared/source.ts';
import { phases, sessionStates } from '../../../../shared/status.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

const tello: SourceSpec = {
  kind: 'tello',
  host: '192.168.10.1',
  ports: { command: 8889, state: 8890, video: 12_345 },
};
const webcam: SourceSpec = { kind: 'webcam', device: '/dev/video0' };
const simulator: SourceSpec = { kind: 'simulator' };

function words(changes: Partial<Situation>) {
  return sessionWords({
    link: 'open',
    status: sampleStatus(),
    picture: { kind: 'live' },
    slow: false,
    unable: null,
    ...changes,
  });
}

describe('session words', () => {
  it('has words for every state, phase, error and source', () => {
    for (const state of sessionStates) {
      for (const phase of [null, ...phases]) {
        for (const code of [null, ...errorCodes]) {
          for (const source of [null, simulator, tello, webcam]) {
            const error = code === null ? null : { code, message: `It was ${code}.` };
            const said = words({
              status: sampleStatus({ state, phase, source, error }),
              picture: { kind: 'stale', ageMs: 4_200 },
            });
            expect(said.label.length).toBeGreaterThan(2);
            expect(said.label.length).toBeLessThan(16);
            expect(said.headline).not.toBe('');
            expect(said.detail).toMatch(/\.$/);
            expect(said.spoken).toMatch(/[.…?]$/);
            expect(`${said.headline}${said.detail}${said.tip}`).not.toMatch(/undefined|NaN/);
          }
        }
      }
    }
  });

  it('calls a picture live, in green, only while it is', () => {
    expect(words({})).toMatchObject({ label: 'Live', tone: 'live', verdict: 'live' });
    expect(words({ picture: { kind: 'none' } })).toMatchObject({ tone: 'neutral', verdict: null });
    expect(words({ picture: { kind: 'none' } }).label).not.toBe('Live');
    expect(words({ picture: { kind: 'stale', ageMs: 4_000 } }).tone).toBe('degraded');
    expect(words({ link: 'lost' }).tone).toBe('danger');
  });

  it('speaks of the page’s own station before all else', () => {
    const lost = words({ link: 'lost', picture: { kind: 'stale', ageMs: 4_000 } });
    expect(lost).toMatchObject({ label: 'Not answering', verdict: null });
    expect(lost.spoken).toBe('Hoverdeck is not answering.');
  });

  it('names the address and the Wi-Fi while it looks for a Tello', () => {
    const said = words({
      status: sampleStatus({ state: 'connecting', phase: 'opening', source: tello }),
    });
    expect(said.headline).toBe('Looking for the drone…');
    expect(said.detail).toContain('192.168.10.1');
    expect(said.tip).toContain(TELLO_WIFI);
  });

  it('explains a firewall, with the port, when the drone answers without video', () => {
    const said = words({
      status: sampleStatus({ state: 'connecting', phase: 'no-video', source: tello }),
    });
    expect(said).toMatchObject({ label: 'No video', tone: 'degraded' });
    expect(said.detail).toContain('12345');
    expect(said.tip).toContain('firewall');
  });

  it('puts the station’s sentence and tip before its own', () => {
    const error = { code: 'port-in-use', message: 'Port 11111 is taken.', tip: 'Close vlc.' };
    const said = words({
      status: sampleStatus({ state: 'failed', error: { ...error, code: 'port-in-use' } }),
    });
    expect(said).toMatchObject({ tone: 'danger', detail: error.message, tip: error.tip });
    expect(said.headline).toBe(headlineOf('port-in-use'));
  });

  it('says so when this page cannot show the picture', () => {
    expect(words({ unable: { kind: 'no-decoder' } }).detail).toContain('WebCodecs');
    expect(words({ unable: { kind: 'codec', codec: 'avc1.64001F' } }).detail).toContain(
      'avc1.64001F',
    );
  });

  it('says so when as many watch already as may', () => {
    const crowded = words({ unable: { kind: 'crowded' } });
    expect(crowded).toMatchObject({ tone: 'degraded', headline: 'No room for one more viewer' });
  });

  it('has a tip of its own for every failure', () => {
    for (const code of errorCodes) {
      expect(tipOf({ code, message: '' })).toMatch(/\.$/);
      expect(tipOf({ code, message: '', tip: 'This.' })).toBe('This.');
    }
  });
});
