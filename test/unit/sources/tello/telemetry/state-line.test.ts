import { describe, expect, it } from 'vitest';
import { parseStateLine } from '../../../../../electron/sources/tello/telemetry/state-line.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

const EDU =
  'mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;pitch:-1;roll:0;yaw:0;vgx:0;vgy:0;vgz:0;templ:55;temph:57;tof:10;h:0;bat:55;baro:681.32;time:0;agx:-10.00;agy:-3.00;agz:-1000.00;\r\n';
const parse = (line: string) => parseStateLine(Buffer.from(line, 'latin1'));

describe('state line', () => {
  it('reads what a real EDU unit sends', () => {
    const state = parse(EDU);
    expect(state).toMatchObject({
      batteryPercent: 55,
      heightCm: 0,
      distanceCm: 10,
      lowestTemperatureC: 55,
      highestTemperatureC: 57,
      pitchDegrees: -1,
      rollDegrees: 0,
      yawDegrees: 0,
      motorSeconds: 0,
      xSpeedDmS: 0,
      ySpeedDmS: 0,
      zSpeedDmS: 0,
      xAccelerationMilliG: -10,
      yAccelerationMilliG: -3,
      zAccelerationMilliG: -1_000,
      barometerM: 681.32,
    });
    expect(state?.fields.size).toBe(21);
    expect(state?.fields.get('agz')).toBe('-1000.00');
    expect(state).not.toHaveProperty('missionPad');
  });

  it('tells the mission pad below, and none where the unit sees none', () => {
    const pad = { id: 3, xCm: 12, yCm: -40, zCm: 60 };
    expect(parse('mid:3;x:12;y:-40;z:60;mpry:1,-2,90;')?.missionPad).toEqual({
      ...pad,
      attitudeDegrees: [1, -2, 90],
    });
    expect(parse('mid:3;x:12;y:-40;z:60;mpry:1,2;')?.missionPad).toEqual(pad);
    expect(parse('mid:3;x:12;z:60;')).not.toHaveProperty('missionPad');
    expect(parse('mid:-2;x:0;y:0;z:0;')).not.toHaveProperty('missionPad');
  });

  it('leaves out what was not sent, instead of calling it 0', () => {
    const state = parse('pitch:3;yaw:-7;\r\n');
    expect(state).toEqual({ pitchDegrees: 3, yawDegrees: -7, fields: expect.any(Map) });
  });

  it('keeps fields nobody knows', () => {
    expect(parse('bat:9;novel:a,b;')?.fields.get('novel')).toBe('a,b');
  });

  it('knows that 6553 is no distance', () => {
    expect(parse('tof:6553;h:-10;')).toEqual({ heightCm: -10, fields: expect.any(Map) });
  });

  it('leaves damaged fields out and reads the others', () => {
    const state = parse('bat:;h:12x;temph:60;yaw;:4;templ:5 5;roll:1;mpry:1,2;\0\x80');
    expect(state).toEqual({
      highestTemperatureC: 60,
      rollDegrees: 1,
      fields: expect.any(Map),
    });
  });

  it('refuses what is no state line', () => {
    for (const line of ['', 'ok', '\xcc\x18\x01', ';;;;', 'x'.repeat(3_000), `${EDU}`.repeat(20)]) {
      expect(parse(line)).toBeNull();
    }
  });

  it('never throws and never grows, whatever the bytes', () => {
    const random = seededRandom(31);
    for (let i = 0; i < 20_000; i++) {
      const bytes = Buffer.from(EDU, 'latin1');
      for (let n = 0; n < 10; n++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const state = parseStateLine(bytes.subarray(0, Math.floor(random() * bytes.length)));
      expect(state === null || state.fields.size <= 64).toBe(true);
    }
  });
});
