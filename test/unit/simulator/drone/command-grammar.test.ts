import { describe, expect, it } from 'vitest';
import type { Point } from '../../../../electron/simulator/drone/command.ts';
import { parseCommand } from '../../../../electron/simulator/drone/command-grammar.ts';

function at(xCm: number, yCm: number, zCm: number): Point {
  return { xCm, yCm, zCm };
}

describe('command grammar', () => {
  it.each([
    ['command', { kind: 'command' }],
    ['streamon\r\n', { kind: 'streamon' }],
    ['up 20', { kind: 'move', direction: 'up', distanceCm: 20 }],
    ['back 500', { kind: 'move', direction: 'back', distanceCm: 500 }],
    ['cw 90', { kind: 'turn', degrees: 90 }],
    ['ccw 360', { kind: 'turn', degrees: -360 }],
    ['flip b', { kind: 'flip', direction: 'b' }],
    ['go 0 -20 500 100', { kind: 'go', to: { xCm: 0, yCm: -20, zCm: 500 }, speedCmS: 100 }],
    ['go 0 0 0 10 m8', { kind: 'go', to: at(0, 0, 0), speedCmS: 10, pad: 8 }],
    ['go 100 0 50 20 m-2', { kind: 'go', to: at(100, 0, 50), speedCmS: 20, pad: 'any' }],
    [
      'curve 100 100 0 200 0 -50 60',
      {
        kind: 'curve',
        via: { xCm: 100, yCm: 100, zCm: 0 },
        to: { xCm: 200, yCm: 0, zCm: -50 },
        speedCmS: 60,
      },
    ],
    [
      'curve 0 0 100 100 100 100 40 m2',
      { kind: 'curve', via: at(0, 0, 100), to: at(100, 100, 100), speedCmS: 40, pad: 2 },
    ],
    [
      'jump 100 100 100 40 -360 m-1 m2',
      {
        kind: 'jump',
        to: at(100, 100, 100),
        speedCmS: 40,
        yawDegrees: -360,
        from: 'nearest',
        over: 2,
      },
    ],
    ['speed 10', { kind: 'speed', speedCmS: 10 }],
    [
      'rc -100 0 100 5',
      { kind: 'rc', rightPercent: -100, forwardPercent: 0, upPercent: 100, yawPercent: 5 },
    ],
    ['port 8890 11111', { kind: 'port', statePort: 8890, videoPort: 11111 }],
    ['setfps middle', { kind: 'fps', fps: 15 }],
    ['setbitrate 0', { kind: 'bitrate', megabits: 0 }],
    ['setresolution low', { kind: 'resolution', level: 'low' }],
    ['battery?', { kind: 'read', name: 'battery' }],
    // Never answered, so never refused: a full stick.
    [
      'rc 0 -500 101 0',
      { kind: 'rc', rightPercent: 0, forwardPercent: -100, upPercent: 100, yawPercent: 0 },
    ],
    ['mon', { kind: 'pads', on: true }],
    ['moff', { kind: 'pads', on: false }],
    ['mdirection 1', { kind: 'pad-camera', looks: 'ahead' }],
    ['mdirection 2', { kind: 'pad-camera', looks: 'both' }],
    ['keepalive', { kind: 'accepted' }],
    ['wifisetchannel 6', { kind: 'accepted' }],
    ['downvision 1', { kind: 'camera', looksDown: true }],
    ['wifi MYTELLO secret', { kind: 'wifi' }],
    ['ap home secret', { kind: 'wifi' }],
    ['multiwifi home secret', { kind: 'wifi' }],
    ['motoron', { kind: 'motoron' }],
    ['motoroff', { kind: 'motoroff' }],
    ['throwfly', { kind: 'throwfly' }],
    ['reboot', { kind: 'reboot' }],
    ['EXT led 255 0 7', { kind: 'extension', extension: { kind: 'led', isRight: true } }],
    ['EXT led 256 0 7', { kind: 'extension', extension: { kind: 'led', isRight: false } }],
    ['EXT led br 2.5 1 2 3', { kind: 'extension', extension: { kind: 'led', isRight: true } }],
    ['EXT led bl 1 1 2 3 4 5 6', { kind: 'extension', extension: { kind: 'led', isRight: true } }],
    ['EXT led bl 1 1 2 3', { kind: 'extension', extension: { kind: 'led', isRight: false } }],
    ['EXT mled g rrbb0p', { kind: 'extension', extension: { kind: 'matrix', isRight: true } }],
    ['EXT mled g xyz', { kind: 'extension', extension: { kind: 'matrix', isRight: false } }],
    ['EXT mled s b A', { kind: 'extension', extension: { kind: 'matrix', isRight: true } }],
    [
      'EXT mled l r 2.5 hello you',
      { kind: 'extension', extension: { kind: 'matrix', isRight: true } },
    ],
    ['EXT mled d g 0.5 00rr', { kind: 'extension', extension: { kind: 'matrix', isRight: true } }],
    ['EXT mled sl 255', { kind: 'extension', extension: { kind: 'matrix', isRight: true } }],
    ['EXT mled sc', { kind: 'extension', extension: { kind: 'matrix', isRight: true } }],
    ['EXT tof?', { kind: 'extension', extension: { kind: 'tof' } }],
    ['EXT version?', { kind: 'extension', extension: { kind: 'version' } }],
  ])('understands %j', (text, command) => {
    expect(parseCommand(text)).toEqual({ ok: true, command });
  });

  it.each(
    'speed battery time height temp attitude baro acceleration tof wifi sdk sn active hardware wifiversion ap ssid'.split(
      ' ',
    ),
  )('answers %s?', (name) => {
    expect(parseCommand(`${name}?`)).toEqual({ ok: true, command: { kind: 'read', name } });
  });

  it.each([
    'up 19',
    'down 501',
    'cw 0',
    'go 19 0 -19 50',
    'go 100 0 0 5',
    'go 501 0 0 50 m1',
    'curve 100 100 0 200 0 0 61',
    'curve 10 10 10 200 0 0 50',
    'jump 100 100 100 40 361 m1 m2',
    'cw 361',
    'speed 9',
    'mdirection 9',
    'mdirection -1',
    'downvision 2',
    'port 1024 11111',
    'port 8890 65536',
    'setbitrate 6',
  ])('says out of range to %j', (text) => {
    expect(parseCommand(text)).toEqual({ ok: false, answer: 'out of range' });
  });

  it.each([
    '',
    'Command',
    'command now',
    'up',
    'up ten',
    'up 1e2',
    'rc 0 0 0',
    'flip x',
    'flip f f',
    'mon extra',
    'motoron now',
    'streamon 1',
    'go 100 0 0 50 m9',
    'go 100 0 0 50 m1 m2',
    'jump 100 100 100 40 90 m1',
    'mdirection',
    'mdirection x',
    'setfps low low',
    'setresolution',
    'wifi name',
    'EXT',
    'EXT foo',
    'EXT tof? 1',
    'ext led 1 2 3',
    'setfps fast',
    'bat?',
    '__proto__',
    'constructor?',
  ])('does not know %j', (text) => {
    expect(parseCommand(text)).toEqual({ ok: false, answer: `unknown command: ${text}` });
  });

  it.each([
    ['cw 3600', 13, true],
    ['cw 3600', 20, false],
    ['curve 100 100 0 200 0 0 50', 13, true],
    ['stop', 13, false],
    ['stop', 20, true],
    ['mon', 13, false],
    ['go 100 0 0 50 m1', 13, false],
    ['sdk?', 13, false],
    ['sdk?', 20, true],
    ['motoron', 20, false],
    ['setfps low', 20, false],
    ['hardware?', 20, false],
    ['EXT led 1 2 3', 20, false],
    ['port 8890 11111', 20, false],
    ['ap home secret', 13, false],
  ] as const)('%j in SDK %i: %j', (text, sdk, isKnown) => {
    expect(parseCommand(text, sdk).ok).toBe(isKnown);
  });
});
