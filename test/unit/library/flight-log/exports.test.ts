import { describe, expect, it } from 'vitest';
import {
  assLine,
  type Caption,
  Captions,
  subRip,
} from '../../../../electron/library/flight-log/as-subtitles.ts';
import { TABLE_HEAD, tableRow } from '../../../../electron/library/flight-log/as-table.ts';

const state = (t: number, heightCm?: number) => ({
  t,
  type: 'state' as const,
  ...(heightCm === undefined ? {} : { heightCm, xSpeedDmS: 3, ySpeedDmS: 4 }),
});

function captions(filmStartMs: number, ...times: number[]): Caption[] {
  const made: Caption[] = [];
  const writer = new Captions(filmStartMs, (caption) => made.push(caption));
  for (const t of times) writer.state(state(t, 120));
  writer.end();
  return made;
}

describe('captions', () => {
  it('begin with the film, change twice a second, and end where telemetry is lost', () => {
    const times = Array.from({ length: 21 }, (_, i) => i * 100);
    expect(captions(1_000, ...times, 9_000).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 500],
      [500, 1_000],
      [1_000, 2_500],
      [8_000, 9_500],
    ]);
  });

  it('tell what is known and nothing else, and no place on earth', () => {
    expect(captions(0, 0)[0]?.lines).toEqual(['Height 1.2 m  Speed 0.5 m/s']);
    const silent: Caption[] = [];
    const writer = new Captions(0, (caption) => silent.push(caption));
    writer.state(state(0));
    writer.end();
    expect(silent).toEqual([]);
  });

  it('are written as SubRip and as SubStation Alpha', () => {
    const caption = { fromMs: 3_723_004, toMs: 3_724_500, lines: ['a', 'b'] };
    expect(subRip(caption, 7)).toBe('7\r\n01:02:03,004 --> 01:02:04,500\r\na\r\nb\r\n\r\n');
    expect(assLine(caption)).toBe('Dialogue: 0,1:02:03.00,1:02:04.50,Telemetry,a\\Nb\r\n');
  });
});

describe('a table', () => {
  const columns = (row: string) => row.trimEnd().split(',').length;

  it('has a row for each line of the log, and leaves empty what is unknown', () => {
    expect(tableRow(state(-50, 120))).toMatch(/^-50,state,,120,,/);
    expect(columns(tableRow(state(0)))).toBe(columns(TABLE_HEAD));
    expect(columns(tableRow({ t: 1, type: 'command', command: 'takeoff', outcome: 'ok' }))).toBe(
      columns(TABLE_HEAD),
    );
  });

  it('runs nothing in a spreadsheet, whatever the drone says', () => {
    const row = tableRow({ t: 1, type: 'note', words: '=cmd("x"),"' });
    expect(row.endsWith('"words==cmd(""x""),"""\r\n')).toBe(true);
  });
});
