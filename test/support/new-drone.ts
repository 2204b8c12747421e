import { vi } from 'vitest';
import { Drone, type Model } from '../../electron/simulator/drone/drone.ts';
import type { Answer, Manners } from '../../electron/simulator/drone/drone-effects.ts';
import { CALM, type Surroundings } from '../../electron/simulator/drone/flight-state.ts';

const STEP_MS = 100;
/** Captured: a take-off is answered after 8.7 s. */
export const TAKEOFF_MS = 8_800;

/** A drone, its answers, and a way to let time pass. */
export function newDrone(
  battery = 87,
  model: Model = 'tt',
  manners: Partial<Manners> = {},
  surroundings: Surroundings = CALM,
) {
  const effects = {
    stream: vi.fn(),
    ports: vi.fn(),
    video: vi.fn(),
    reboot: vi.fn(),
    manners: () => ({
      alwaysOk: false,
      streamonError: false,
      oneOkForTwoMs: null,
      noValidImu: false,
      ...manners,
    }),
    surroundings: () => surroundings,
  };
  const drone = new Drone(battery, model, effects);
  const answers: Answer[] = [];
  let nowMs = 0;
  return {
    effects,
    answers,
    say: (text: string) => drone.execute(text, nowMs, (answer) => answers.push(answer)),
    pass(ms: number) {
      for (const endMs = nowMs + ms; nowMs < endMs; ) {
        nowMs += STEP_MS;
        drone.step(STEP_MS, nowMs);
      }
    },
    field: (name: string) =>
      Number(new RegExp(`(?:^|;)${name}:(-?[\\d.]+);`).exec(drone.stateLine())?.[1]),
    line: () => drone.stateLine(),
    pose: () => drone.pose(nowMs),
  };
}
