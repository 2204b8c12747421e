import './page-types.ts';
import type { Page } from '@playwright/test';
import { describe, expect, it } from 'vitest';
import type { FlightState } from '../../../shared/flight.ts';
import { until, useDesktops } from './fixture.ts';

const NEUTRAL = { right: 0, forward: 0, up: 0, yaw: 0 };

async function ask(page: Page, name: string, input: object): Promise<unknown> {
  const reply = await page.evaluate(
    ([asked, given]) => window.hoverdeck.request(asked as string, given as object),
    [name, input] as const,
  );
  return (reply as { value: unknown }).value;
}

const flight = async (page: Page) => (await ask(page, 'flight.state', {})) as FlightState;

describe('the desktop app while a drone flies', { timeout: 90_000 }, () => {
  const launch = useDesktops();

  async function fly() {
    const desktop = await launch({ args: ['--source', 'simulator'] });
    const page = await desktop.page();
    await until(
      'was ready',
      () => flight(page),
      ({ ready }) => ready,
    );
    expect(await ask(page, 'flight.takeOff', {})).toMatchObject({ outcome: 'confirmed' });
    return { desktop, page };
  }
  const dialogs = async ({ state }: Awaited<ReturnType<typeof launch>>) => (await state()).dialogs;

  async function leave(desktop: Awaited<ReturnType<typeof launch>>): Promise<void> {
    await desktop.control({ op: 'quit' });
    await until(
      'asked about leaving',
      () => dialogs(desktop),
      ({ length }) => length === 1,
    );
    await desktop.control({ op: 'answerDialog', response: 0 });
    expect(await desktop.exited).toEqual({ code: 0, signal: null });
  }

  it('quit while flying asks: staying flies on, leaving lands and ends', async () => {
    const { desktop, page } = await fly();
    await desktop.control({ op: 'quit' });
    await until(
      'asked',
      () => dialogs(desktop),
      ({ length }) => length === 1,
    );
    await desktop.control({ op: 'answerDialog', response: 1 });
    expect(await flight(page)).toMatchObject({ phase: 'flying' });
    await leave(desktop);
  });

  it('window closed while flying asks, and comes back for who stays', async () => {
    const { desktop } = await fly();
    await desktop.control({ op: 'closeWindow' });
    await until(
      'asked',
      () => dialogs(desktop),
      ({ length }) => length === 1,
    );
    await desktop.control({ op: 'answerDialog', response: 1 });
    await until('came back', desktop.state, ({ windows }) => windows.length === 1);
    const page = await desktop.page();
    expect(await flight(page)).toMatchObject({ couldBeFlying: true, pilot: null });
    await leave(desktop);
  });

  it('page crashed while holding sticks: they are at zero, and nobody has the controls', async () => {
    const { desktop, page } = await fly();
    await ask(page, 'flight.sticks', NEUTRAL);
    expect(await ask(page, 'flight.sticks', { ...NEUTRAL, forward: 50 })).toMatchObject({
      sent: { forward: 30 },
    });
    await desktop.control({ op: 'crashRenderer' });
    const again = await desktop.page();
    const state = await until(
      'answered',
      () => flight(again),
      (value) => value !== undefined,
    );
    expect(state).toMatchObject({ pilot: null, sticks: NEUTRAL, phase: 'flying' });
    await leave(desktop);
  });
});
