import { describe, expect, it } from 'vitest';
import { byteRange, contentDisposition } from '../../../electron/base/byte-range.ts';

describe('a range of bytes', () => {
  it.each([
    [undefined, 'whole'],
    [null, 'whole'],
    ['', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=5-2', 'whole'],
    ['bytes=0-1,4-5', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=9999999999999999-', 'whole'],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-', { start: 10, end: 99 }],
    ['bytes=10-1000', { start: 10, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
  ])('%j of 100 bytes', (header, expected) => {
    expect(byteRange(header, 100)).toEqual(expected);
  });

  it('of nothing there is none', () => {
    expect(byteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(byteRange('bytes=-5', 0)).toBe('unsatisfiable');
  });
});

it('a file name cannot leave its header', () => {
  const header = contentDisposition('inline', 'Été "a"\r\nSet-Cookie: x\\%41 📷\ud800.jpg');
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(header.split('"')).toHaveLength(3);
  expect(header).toContain("filename*=UTF-8''%C3%89t%C3%A9");
});
