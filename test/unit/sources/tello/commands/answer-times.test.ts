import { beforeEach, describe, expect, it } from 'vitest';
import { AnswerTimes } from '../../../../../electron/sources/tello/commands/answer-times.ts';
import { defaultTimings } from '../../../../../electron/sources/tello/timings.ts';

describe('the times of a drone’s answers', () => {
  let times: AnswerTimes;
  let heard: string[];
  beforeEach(() => {
    heard = [];
    times = new AnswerTimes(defaultTimings, (health) => heard.push(health));
  });

  it('let waits grow with what was seen, within bounds, and shrink again', () => {
    expect(times.waitMs(2_000)).toBe(2_000);
    times.answered(0, 30);
    expect(times.waitMs(2_000)).toBe(2_000);
    times.answered(0, 2_500);
    expect(times.waitMs(2_000)).toBe(5_000);
    expect(times.waitMs(7_000)).toBe(7_000);
    times.answered(0, 60_000);
    expect(times.waitMs(2_000)).toBe(10_000);
    for (let nth = 0; nth < 8; nth++) times.answered(0, 30);
    expect(times.waitMs(2_000)).toBe(2_000);
  });

  it('count a late answer until one in time tells better', () => {
    times.answeredLate(3_000);
    expect(times.waitMs(1_000)).toBe(3_750);
    expect(times.health).toBe('slow');
    times.answered(0, 40);
    expect(times.waitMs(1_000)).toBe(1_000);
    expect(heard).toEqual(['slow', 'answering']);
  });

  it('say “slow”, and not “silent”, as long as anything is answered at all', () => {
    for (let nth = 0; nth < 20; nth++) {
      times.unanswered();
      times.unanswered();
      times.answeredLate(5_000);
    }
    expect(heard).toEqual(['slow']);
  });

  it('say “silent” after three tries in a row, and take it back', () => {
    times.unanswered();
    times.unanswered();
    expect(heard).toEqual([]);
    times.unanswered();
    times.heard();
    expect(heard).toEqual(['silent', 'answering']);
  });

  it('are not called slow for one answer of several tries, though the next wait allows for it', () => {
    times.answeredSometime(2_100);
    expect(times.health).toBe('answering');
    expect(times.waitMs(2_000)).toBe(2_625);
  });

  it('are told for the last half minute', () => {
    expect(times.percentiles(0)).toBeNull();
    times.answered(1_000, 20);
    times.answered(2_000, 40);
    expect(times.percentiles(3_000)).toEqual({ p50: 40, p95: 40 });
    expect(times.percentiles(40_000)).toBeNull();
  });
});
