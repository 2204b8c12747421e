import { describe, expect, it } from 'vitest';
import {
  answerShape,
  couldAnswer,
  mayBeRepeated,
  parseAnswer,
} from '../../../../../electron/sources/tello/commands/answers.ts';

describe('answers', () => {
  it('reads printable ASCII, without the line end', () => {
    expect(parseAnswer(Buffer.from('ok\r\n'))).toBe('ok');
    expect(parseAnswer(Buffer.from('error No valid imu\0'))).toBe('error No valid imu');
  });

  it('takes nothing else for an answer', () => {
    const binary = new Uint8Array(35).fill(0x41);
    binary[0] = 0xcc;
    expect(parseAnswer(binary)).toBeNull();
    expect(parseAnswer(new Uint8Array(0))).toBeNull();
    expect(parseAnswer(Buffer.from('ok\x07ok'))).toBeNull();
    expect(parseAnswer(Buffer.alloc(600, 'a'))).toBeNull();
  });

  it('tells by its shape which command an answer can belong to', () => {
    const fits = (command: string, answer: string) => couldAnswer(answer, answerShape(command));
    expect(fits('streamon', 'ok')).toBe(true);
    expect(fits('streamon', 'error')).toBe(true);
    expect(fits('streamon', '87')).toBe(false);
    expect(fits('streamon', 'pitch:0;roll:0;yaw:0;')).toBe(false);
    expect(fits('battery?', '87')).toBe(true);
    expect(fits('battery?', 'ok')).toBe(false);
    expect(fits('battery?', 'error')).toBe(true);
    expect(fits('battery?', 'agx:1;')).toBe(false);
    expect(fits('sdk?', '30')).toBe(true);
    expect(fits('sdk?', 'ok')).toBe(false);
  });

  it('repeats nothing that moves', () => {
    for (const command of ['command', 'streamon', 'streamoff', 'port 1 2', 'battery?']) {
      expect(mayBeRepeated(command)).toBe(true);
    }
    for (const command of [
      'takeoff',
      'land',
      'up 20',
      'flip l',
      'go 1 2 3 4',
      'emergency',
      'rc 0 0 0 0',
    ]) {
      expect(mayBeRepeated(command)).toBe(false);
    }
  });
});
