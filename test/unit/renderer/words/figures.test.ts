import { describe, expect, it } from 'vitest';
import { figures } from '../../../../renderer/words/figures.ts';
import { sampleMeters } from '../../../support/sample-meters.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

function shown(list: ReturnType<typeof figures>, key: string) {
  return list.find((figure) => figure.key === key)?.value;
}

describe('figures of the top bar', () => {
  it('shows what the painter and the station measured', () => {
    const list = figures(sampleStatus(), sampleMeters());
    expect(shown(list, 'delay')).toBe('5.0 / 13');
    expect(shown(list, 'fps')).toBe('30');
    expect(shown(list, 'bitrate')).toBe('3.2');
    expect(shown(list, 'size')).toBe('960 × 720');
    expect(shown(list, 'dropped')).toBe('3');
    expect(shown(list, 'battery')).toBe('87');
  });

  it('makes nothing up', () => {
    const list = figures(sampleStatus({ video: null, drone: null }), null);
    expect(list.map((figure) => figure.value)).toEqual(['–', '–', '–', '–', '–', '–']);
  });

  it('takes no figures from another session', () => {
    const list = figures(sampleStatus(), sampleMeters({ generation: 2 }));
    expect(shown(list, 'delay')).toBe('–');
    expect(shown(list, 'dropped')).toBe('2');
  });

  it('keeps the battery’s place for a drone that has not told it, and has none for a webcam', () => {
    expect(shown(figures(sampleStatus({ drone: null }), null), 'battery')).toBe('–');
    const webcam = sampleStatus({ source: { kind: 'webcam' }, drone: null });
    expect(shown(figures(webcam, null), 'battery')).toBeUndefined();
  });

  it('warns of a low battery and of a late picture', () => {
    const tone = (batteryPercent: number) =>
      figures(sampleStatus({ drone: { batteryPercent, ageMs: 0 } }), null).at(-1)?.tone;
    expect([tone(50), tone(20), tone(8)]).toEqual(['neutral', 'degraded', 'danger']);
    const late = figures(sampleStatus(), sampleMeters({ delayMs: { p50: 90, p95: 400 } }));
    expect(late[0]?.tone).toBe('degraded');
  });
});
