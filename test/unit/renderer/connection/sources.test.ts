import { describe, expect, it } from 'vitest';
import {
  choiceKey,
  defaultTello,
  distinctModes,
  sourceChoices,
} from '../../../../renderer/connection/source-choices.ts';
import { formOf, readTelloForm } from '../../../../renderer/connection/tello-form.ts';
import type { Camera } from '../../../../shared/cameras.ts';

const camera = (device: string, synthetic = false): Camera => ({
  device,
  id: synthetic ? device : `id of ${device}`,
  name: `Camera ${device}`,
  modes: [],
  synthetic,
});

describe('source choices', () => {
  it('offers the simulator first, then Tello, then the cameras by name', () => {
    const choices = sourceChoices([camera('/dev/video0')], false, {});
    expect(choices.map((choice) => choice.name)).toEqual([
      'Simulated drone',
      'Tello',
      'Camera /dev/video0',
    ]);
    expect(choices.every((choice) => choice.needs.length > 0)).toBe(true);
  });

  it('offers the synthetic camera in development only', () => {
    expect(sourceChoices([camera('test', true)], false, {})).toHaveLength(2);
    expect(sourceChoices([camera('test', true)], true, {})).toHaveLength(3);
  });

  it('connects with the options last used', () => {
    const tello = { ...defaultTello, host: '10.0.0.7' };
    const webcam = {
      kind: 'webcam' as const,
      device: 'id of /dev/video0',
      mode: { width: 1280, height: 720, fps: 30 },
    };
    const choices = sourceChoices([camera('/dev/video0')], false, {
      [choiceKey(tello)]: tello,
      [choiceKey(webcam)]: webcam,
    });
    expect(choices[1]).toMatchObject({ spec: tello, needs: 'Answers at 10.0.0.7.' });
    expect(choices[2]?.spec).toEqual(webcam);
    expect(choices[2]?.needs).toContain('1280 × 720 · 30 fps');
  });

  it('lists each size and rate of a camera once, the largest first', () => {
    const mode = (width: number, fps: number, format: string) => ({
      width,
      height: (width * 9) / 16,
      fps,
      format,
    });
    const modes = distinctModes({
      ...camera('x'),
      modes: [
        mode(640, 30, 'mjpeg'),
        mode(1280, 15, 'yuyv422'),
        mode(1280, 30, 'mjpeg'),
        mode(640, 30, 'yuyv422'),
      ],
    });
    expect(modes.map((m) => `${m.width}@${m.fps}`)).toEqual(['1280@30', '1280@15', '640@30']);
  });
});

describe('Tello form', () => {
  const form = formOf(defaultTello);

  it('gives back what it was filled with', () => {
    expect(readTelloForm(form)).toEqual({ ok: true, source: defaultTello });
    expect(readTelloForm({ ...form, host: ' drone.local ' })).toMatchObject({
      ok: true,
      source: { host: 'drone.local' },
    });
  });

  it.each([
    ['host', ''],
    ['host', 'http://x'],
    ['command', '0'],
    ['state', '65536'],
    ['video', '11 111'],
    ['video', '1e4'],
    ['video', '8890'],
  ] as const)('says what is wrong with %s = “%s”', (field, text) => {
    const reading = readTelloForm({ ...form, [field]: text });
    expect(reading.ok).toBe(false);
    expect(reading.ok ? [] : Object.keys(reading.errors)).toEqual([field]);
  });
});
