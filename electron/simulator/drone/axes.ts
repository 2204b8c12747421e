/** Along the axes of the drone. */
type Body = { forward: number; right: number };
/** Along the axes of the land: to the right and ahead of where it stood at first. */
type Land = { x: number; z: number };

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** From body axes to those of the land. */
export function toLand(forward: number, right: number, yawDegrees: number): Land {
  const { sin, cos } = turn(yawDegrees);
  return { x: forward * sin + right * cos, z: forward * cos - right * sin };
}

/** And back. */
export function toBody(x: number, z: number, yawDegrees: number): Body {
  const { sin, cos } = turn(yawDegrees);
  return { forward: x * sin + z * cos, right: x * cos - z * sin };
}

function turn(yawDegrees: number): { sin: number; cos: number } {
  const angle = radians(yawDegrees);
  return { sin: Math.sin(angle), cos: Math.cos(angle) };
}
