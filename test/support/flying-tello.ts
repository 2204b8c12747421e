import { FakeTello, goodAnswers, type Script } from './fake-tello.ts';

const STATE_MS = 100;
const STEP_CM = 20;
const HOVER_CM = 80;
const AUTO_LAND_MS = 15_000;

/**
 * A fake drone that takes off and lands, quicker than a real one, and tells its state ten times a second.
 * What it answers, hears, tells and when it lands is the test's.
 */
export class FlyingTello {
  readonly drone: FakeTello;
  /** What it says, after it was obeyed; silence is an empty list. */
  answers: Script = goodAnswers;
  mode: 'ground' | 'climb' | 'hover' | 'sink' | 'falls' = 'ground';
  heightCm = 0;
  batteryPercent = 87;
  hottestC = 57;
  /** How long after `land` it begins to sink. */
  landDelayMs = 0;
  /** Whether state leaves, and whether commands arrive. */
  tells = true;
  hears = true;
  /** Further fields of the state line. */
  extra = '';
  speedDmS = 0;
  /** When it told its state last. */
  toldAtMs = 0;
  #motorMs = 0;
  #landAtMs: number | null = null;
  #heardAtMs = performance.now();
  readonly #timer: NodeJS.Timeout;

  private constructor(drone: FakeTello) {
    this.drone = drone;
    drone.script = (command, nth) => {
      if (!this.hears) return [];
      this.#obey(command);
      return command.startsWith('rc ') ? [] : this.answers(command, nth);
    };
    this.#timer = setInterval(() => this.#step(), STATE_MS);
  }

  static async start(): Promise<FlyingTello> {
    return new FlyingTello(await FakeTello.start());
  }

  /** What it heard and obeyed, without the station's own questions. */
  get orders(): string[] {
    return this.drone.received.filter(
      (text) => !text.endsWith('?') && !/^(?:command|port|stream)/.test(text),
    );
  }

  get sticks(): string[] {
    return this.drone.received.filter((text) => text.startsWith('rc '));
  }

  /** As after being switched off and on. */
  reboot(): void {
    this.mode = 'ground';
    this.heightCm = 0;
    this.#motorMs = 0;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.drone.close();
  }

  #obey(command: string): void {
    this.#heardAtMs = performance.now();
    if (command === 'takeoff' && this.mode === 'ground') this.mode = 'climb';
    if (command === 'land' && this.mode !== 'ground') {
      this.#landAtMs = performance.now() + this.landDelayMs;
    }
    if (command === 'emergency') this.mode = 'falls';
    if (command === 'emergency') this.heightCm = 0;
  }

  #step(): void {
    const nowMs = performance.now();
    if (this.#landAtMs !== null && nowMs >= this.#landAtMs) {
      this.#landAtMs = null;
      this.mode = 'sink';
    }
    if (this.mode === 'hover' && nowMs - this.#heardAtMs > AUTO_LAND_MS) this.mode = 'sink';
    let climb = 0;
    if (this.mode === 'climb') climb = STEP_CM;
    if (this.mode === 'sink') climb = -STEP_CM;
    this.heightCm = Math.max(0, this.heightCm + climb);
    if (this.mode === 'climb' && this.heightCm >= HOVER_CM) this.mode = 'hover';
    if (this.mode === 'falls' || (this.mode === 'sink' && this.heightCm === 0)) {
      this.mode = 'ground';
    }
    if (this.mode === 'climb' || this.mode === 'hover' || this.mode === 'sink') {
      this.#motorMs += STATE_MS;
    }
    if (!this.tells || this.drone.statePort === 0) return;
    this.toldAtMs = performance.now();
    this.drone.sendState(this.#line(climb));
  }

  #line(climb: number): string {
    const fields: [string, number][] = [
      ['pitch', 0],
      ['roll', 0],
      ['yaw', 0],
      ['vgx', this.speedDmS],
      ['vgy', 0],
      ['vgz', -climb],
      ['templ', this.hottestC - 2],
      ['temph', this.hottestC],
      ['tof', this.heightCm + 10],
      ['h', this.heightCm],
      ['bat', this.batteryPercent],
      ['time', Math.floor(this.#motorMs / 1_000)],
    ];
    return `${fields.map(([name, value]) => `${name}:${value};`).join('')}${this.extra}\r\n`;
  }
}
