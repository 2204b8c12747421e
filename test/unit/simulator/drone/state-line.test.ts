import { describe, expect, it } from 'vitest';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { formatStateLine } from '../../../../electron/simulator/drone/state-line.ts';

/** Captured on a real EDU unit, on the ground. */
const CAPTURED =
  'mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;pitch:-1;roll:0;yaw:0;vgx:0;vgy:0;vgz:0;' +
  'templ:55;temph:57;tof:10;h:0;bat:55;baro:681.32;time:0;agx:-10.00;agy:-3.00;agz:-1000.00;\r\n';

describe('state line', () => {
  it('is the captured one, field by field', () => {
    const { state } = new FlightModel(55);
    expect(formatStateLine({ ...state, pitchDegrees: -1, temperatureC: 56 })).toBe(
      // Leaning by one degree moves agx; the captured unit stood still and crooked.
      CAPTURED.replace('agx:-10.00', 'agx:-27.45'),
    );
    expect(formatStateLine({ ...state, temperatureC: 56 })).toBe(
      CAPTURED.replace('pitch:-1', 'pitch:0'),
    );
  });

  it('tells velocities in dm/s with up negative, height in tens, and no reading beyond the sensor', () => {
    const { state } = new FlightModel(50.2);
    const line = formatStateLine({
      ...state,
      heightCm: 1_234,
      velocity: { forward: 30, right: -20, up: 40 },
    });
    expect(line).toContain(';vgx:3;vgy:-2;vgz:-4;');
    expect(line).toContain(';tof:6553;h:1230;bat:51;baro:693.66;');
    expect(line).not.toContain('-0;');
  });
});
