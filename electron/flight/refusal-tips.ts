/** What helps against what drones say; not a closed set. */
const TIPS: readonly [RegExp, string][] = [
  [/motor stop/i, 'The battery may be too low, or the motors are stopped: land, and look at it.'],
  [/no valid imu/i, 'Give it more light and a floor with a pattern. Sticks may work all the same.'],
  [/not joystick/i, 'It does not fly, or is busy with something else.'],
  [/run timeout/i, 'It took longer than 15 s and gave up: try a shorter way.'],
  [/auto land/i, 'It is landing by itself.'],
  [/no valid marker/i, 'It sees no mission pad below.'],
  [/out of range/i, 'A number is beyond what it takes.'],
  [/unknown command/i, 'This unit does not know the command.'],
];

export function tipForRefusal(answer: string): string | undefined {
  return TIPS.find(([pattern]) => pattern.test(answer))?.[1];
}

export function isImuError(answer: string): boolean {
  return /no valid imu/i.test(answer);
}
