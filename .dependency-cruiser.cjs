// Who may import whom; the picture is in ARCHITECTURE.md.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-imports-nothing',
      severity: 'error',
      comment: 'The contract knows neither Node nor the page: only itself and the schema library.',
      from: { path: '^shared/' },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: ['^electron/', '^test/', '^build/'] },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-stays-in-desktop',
      severity: 'error',
      comment: 'Everything else runs in plain Node, in a child process and in tests.',
      from: {
        path: '^electron/',
        pathNot: ['^electron/desktop/', '^electron/(main|preload)\\.ts$'],
      },
      to: { path: ['^electron$', '^node_modules/electron/', '^electron/desktop/'] },
    },
    {
      name: 'electron-never-imports-the-page',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^(renderer|test)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
