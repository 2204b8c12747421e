import { describe, expect, it } from 'vitest';
import { ownArguments } from '../../electron/own-arguments.ts';

describe('the command line', () => {
  it('of a packaged app is everything after the program', () => {
    expect(ownArguments(['hoverdeck', '--source', 'simulator'], false)).toEqual([
      '--source',
      'simulator',
    ]);
  });

  it('of Electron with a path begins behind the path', () => {
    const argv = ['electron', '--inspect=0', 'out/electron/main.js', '--port', '0'];
    expect(ownArguments(argv, true)).toEqual(['--port', '0']);
  });

  it('leaves Chromium and the Finder what is theirs, and nothing else', () => {
    const argv = ['hoverdeck', '--no-sandbox', '--user-data-dir=/x', '-psn_0_1', '--no-such', '-v'];
    expect(ownArguments(argv, false)).toEqual(['--no-such', '-v']);
  });
});
