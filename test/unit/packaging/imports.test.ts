import { expect, test } from 'vitest';
import { importsOf, unresolvedImports } from '../../../build/packaging/check/imports.ts';

const names = (source: string) => importsOf(source).map(({ specifier }) => specifier);

test('finds every way to import that names its module', () => {
  const source = `
    import a from 'static';
    import 'effect';
    export * from 'all';
    export { b } from 'named';
    const c = import('dynamic');
    const d = require('common');
    const e = __require('renamed'), f = __require$1('renamed-again');
  `;
  expect(names(source)).toEqual([
    ...['static', 'effect', 'all', 'named', 'dynamic'],
    ...['common', 'renamed', 'renamed-again'],
  ]);
});

test('takes no text for an import', () => {
  const source = `
    // import('./comment')
    const code = "require('generated')" + \`import 'template'\`;
    other.require('method'); resolve('not-it'); import.meta.url;
    require(computed);
  `;
  expect(names(source)).toEqual([]);
});

test('says which imports nothing in the package answers, and where', () => {
  const source = `import 'node:fs';\nimport 'fs/promises';\nimport 'electron';
import './there.js';
import '../preload/there.cjs';
import 'optional';
import './gone.js';
import 'fastify';`;
  const files = new Set(['out/electron/there.js', 'out/preload/there.cjs']);
  const unresolved = unresolvedImports(
    source,
    'out/electron/main.js',
    files,
    new Set(['optional']),
  );
  expect(unresolved).toEqual([
    { specifier: './gone.js', line: 7 },
    { specifier: 'fastify', line: 8 },
  ]);
});
