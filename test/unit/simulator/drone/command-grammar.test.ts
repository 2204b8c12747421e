import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../electron/simulator/drone/command-grammar.ts';

describe('command grammar', () => {
  it.each([
    ['command', { kind: 'command' }],
    ['streamon\r\n', { kind: 'streamon' }],
    ['up 20', { kind: 'move', direction: 'up', distanceCm: 20 }],
    ['back 500', { kind: 'move', direction: 'back', distanceCm: 500 }],
    ['cw 90', { kind: 'turn', degrees: 90 }],
    ['ccw 3600', { kind: 'turn', degrees: -3600 }],
    ['flip b', { kind: 'flip', direction: 'b' }],
    ['go 0 -20 500 100', { kind: 'go', xCm: 0, yCm: -20, zCm: 500, speedCmS: 100 }],
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
    ['mon', { kind: 'accepted' }],
  ])('understands %j', (text, command) => {
    expect(parseCommand(text)).toEqual({ ok: true, command });
  });

  it.each([
    'up 19',
    'down 501',
    'cw 0',
    'go 19 0 -19 50',
    'go 100 0 0 5',
    'rc 0 0 0 101',
    'port 0 1',
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
    'setfps fast',
    'bat?',
    '__proto__',
    'constructor?',
  ])('does not know %j', (text) => {
    expect(parseCommand(text)).toEqual({ ok: false, answer: `unknown command: ${text}` });
  });
});
