/** With less charge the motors do not start. */
const TAKEOFF_PERCENT = 10;
/** With less it does not roll over (the guides). */
const FLIP_PERCENT = 50;
/** In the air it lands by itself with so little left. */
const LAND_PERCENT = 5;
/** A battery lasts about 13 minutes in the air, and an hour and a half on the ground with video. */
const DRAIN_FLYING_PERCENT_S = 100 / 780;
const DRAIN_IDLE_PERCENT_S = 100 / 5_400;
const TEMPERATURE_FLYING_C = 68;
const TEMPERATURE_IDLE_C = 58;
const TEMPERATURE_COOLED_C = 50;
/** Share of the way to the final temperature gone in a second. */
const WARMING_PER_S = 0.01;

/** What the motors do. */
type Load = 'off' | 'idling' | 'flying';

/** Charge and temperature. */
export class Power {
  percent: number;
  temperatureC = TEMPERATURE_IDLE_C - 2;

  constructor(percent: number) {
    this.percent = percent;
  }

  get canStartMotors(): boolean {
    return this.percent >= TAKEOFF_PERCENT;
  }

  get canFlip(): boolean {
    return this.percent >= FLIP_PERCENT;
  }

  get mustLand(): boolean {
    return this.percent <= LAND_PERCENT;
  }

  step(seconds: number, load: Load): void {
    const drain = load === 'flying' ? DRAIN_FLYING_PERCENT_S : DRAIN_IDLE_PERCENT_S;
    this.percent = Math.max(0, this.percent - drain * seconds);
    const onGround = load === 'idling' ? TEMPERATURE_COOLED_C : TEMPERATURE_IDLE_C;
    const warm = load === 'flying' ? TEMPERATURE_FLYING_C : onGround;
    this.temperatureC += (warm - this.temperatureC) * Math.min(1, WARMING_PER_S * seconds);
  }
}
