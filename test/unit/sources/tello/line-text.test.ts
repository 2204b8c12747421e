import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../electron/sources/tello/commands/answers.ts';
import { parseStateLine } from '../../../../electron/sources/tello/telemetry/state-line.ts';

describe('two parsers, two rules', () => {
  it.each(['', ';', '\0', '\r\n', ' \r\n\0', ';\0\0', '\0\r\n\0', '; \0', '\t\0'])(
    'answers and state lines may end alike: %j',
    (end) => {
      const state = parseStateLine(Buffer.from(`bat:64${end}`, 'latin1'));
      expect(state?.batteryPercent).toBe(64);
      const answer = parseAnswer(Buffer.from(`ok${end.replace(';', '')}`, 'latin1'));
      expect(answer).toBe('ok');
    },
  );

  it.each(['\0', '\r\n', ' '])('and begin alike: %j', (start) => {
    expect(parseStateLine(Buffer.from(`${start}bat:64;h:1`, 'latin1'))).toMatchObject({
      batteryPercent: 64,
      heightCm: 1,
    });
    expect(parseAnswer(Buffer.from(`${start}ok`, 'latin1'))).toBe('ok');
  });
});
