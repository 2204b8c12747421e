import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import type { TelloSource } from '../../../shared/source.ts';
import { eventually } from '../../support/eventually.ts';
import { useHeadless } from '../../support/headless.ts';
import { startSimulator, type TestSimulator } from '../../support/simulator.ts';

/** The drone's own patience and a second for the news, and the longest landing of the simulator. */
const LANDS_WITHIN_MS = 16_000;
const LANDING_MS = 8_000;

describe('a drone in the air when main ends', { timeout: 90_000 }, () => {
  const startHeadless = useHeadless();
  let simulator: TestSimulator | undefined;
  afterEach(() => simulator?.close());

  async function fly() {
    simulator = await startSimulator(['--no-video']);
    const { source } = simulator;
    const headless = await startHeadless();
    const url = await headless.url();
    const ask = async (name: string, input: unknown) => {
      const response = await fetch(`${url}/api/request/${name}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { 'content-type': 'application/json' },
      });
      const result = await response.json();
      if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
      return result.value;
    };
    await ask('source.connect', { source });
    await eventually(
      () => ask('flight.state', {}),
      ({ ready }) => ready,
    );
    expect(await ask('flight.takeOff', {})).toMatchObject({ outcome: 'confirmed' });
    return { headless, source };
  }

  it('main killed with SIGKILL: it lands by itself within 16 s, since nothing keeps it awake', async () => {
    const { headless, source } = await fly();
    headless.child.kill('SIGKILL');
    await headless.exited;
    const beganMs = performance.now();
    const ear = await listen(source);
    await ear.until(({ vgz }) => vgz > 0, LANDS_WITHIN_MS);
    await ear.until(({ h, vgz }) => h === 0 && vgz === 0, LANDING_MS);
    ear.close();
    expect(performance.now() - beganMs).toBeGreaterThan(5_000);
  });

  it('SIGTERM: main tells it to land, and it does so at once', async () => {
    const { headless, source } = await fly();
    headless.child.kill('SIGTERM');
    expect(await headless.exited).toEqual({ code: 0, signal: null });
    const ear = await listen(source);
    await ear.until(({ h, vgz }) => h === 0 && vgz === 0, LANDING_MS);
    ear.close();
  });
});

/** The drone's state as it arrives on the port main left behind. */
async function listen({ ports }: TelloSource) {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(ports.state, '127.0.0.1', resolve));
  let newest = { h: Number.NaN, vgz: Number.NaN };
  socket.on('message', (line) => {
    const read = (name: string) =>
      Number(new RegExp(`(?:^|;)${name}:(-?\\d+)`).exec(String(line))?.[1]);
    newest = { h: read('h'), vgz: read('vgz') };
  });
  return {
    until: (accept: (state: typeof newest) => boolean, timeoutMs: number) =>
      eventually(() => newest, accept, timeoutMs),
    close: () => socket.close(),
  };
}
