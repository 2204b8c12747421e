import { describe, expect, it } from 'vitest';
import { FlightModel } from '../../../../electron/simulator/drone/flight-model.ts';
import { MISSION_PADS, PadDetector } from '../../../../electron/simulator/drone/mission-pads.ts';

const [first] = MISSION_PADS;
const over = {
  ...new FlightModel(87).state,
  heightCm: 100,
  xCm: first?.xCm ?? 0,
  zCm: first?.zCm ?? 0,
};

describe('mission pads', () => {
  it('are seen when they are looked for, from above and near', () => {
    const pads = new PadDetector();
    expect(pads.read(over)).toBeNull();
    pads.switch(true);
    expect(pads.read(over)?.number).toBe(1);
    expect(pads.read({ ...over, heightCm: 20 })).toBeNull();
    expect(pads.read({ ...over, heightCm: 210 })).toBeNull();
    expect(pads.read({ ...over, zCm: over.zCm + 90 })).toBeNull();
    pads.look('ahead');
    expect(pads.read(over)).toBeNull();
    pads.look('both');
    expect(pads.read(over)).not.toBeNull();
    pads.switch(false);
    expect(pads.read(over)).toBeNull();
  });

  it('tell where the drone is: ahead of it is x, to its left is y', () => {
    const pads = new PadDetector();
    pads.switch(true);
    const aside = { ...over, xCm: over.xCm + 20, zCm: over.zCm + 10, yawDegrees: 30 };
    expect(pads.read(aside)).toEqual({ number: 1, xCm: 10, yCm: -20, zCm: 100, yawDegrees: 30 });
  });

  it('have names: one that is out of sight is none', () => {
    const pads = new PadDetector();
    pads.switch(true);
    expect(pads.read(over, 1)?.number).toBe(1);
    expect(pads.read(over, 5)).toBeNull();
    expect(pads.read(over, 'any')?.number).toBe(1);
  });
});
