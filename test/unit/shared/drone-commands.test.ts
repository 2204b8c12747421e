import { describe, expect, it } from 'vitest';
import { droneCommands, readDroneCommand, usageOf } from '../../../shared/drone-commands.ts';

describe('the drone’s commands', () => {
  it.each([
    'takeoff',
    'up 20',
    'forward 500',
    'cw 3600',
    'flip l',
    'go 50 -50 0 100',
    'go 50 50 50 20 m-1',
    'curve 20 20 20 40 60 40 60',
    'jump 50 50 50 20 90 m1 m2',
    'rc -100 0 100 7',
    'setbitrate 5',
    'mdirection 2',
    'battery?',
    '  speed   40 ',
  ])('%s can be read', (text) => {
    expect(readDroneCommand(text)).toMatchObject({
      ok: true,
      command: { about: expect.any(String) },
    });
  });

  it.each([
    ['up 19', /20 to 500 cm/],
    ['up', /up <distance>/],
    ['forward 501', /20 to 500/],
    ['flip x', /one of l, r, f, b/],
    ['go 1 2 3', /go <x> <y> <z> <speed> \[pad\]/],
    ['speed 4.5', /whole number/],
    ['up 2\n0', /one line/],
    ['ключ', /plain letters/],
    ['', /plain letters/],
  ])('%j is refused in words', (text, problem) => {
    expect(readDroneCommand(text)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(problem),
    });
  });

  it('lets through what no guide knows, as such', () => {
    expect(readDroneCommand('EXT led 1 2 3')).toMatchObject({ ok: true, command: null });
  });

  it('has each name once, and a usage of it', () => {
    const names = droneCommands.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const command of droneCommands) expect(usageOf(command)).toContain(command.name);
  });
});
