/** Pure specs need nothing; the others (`.int`, `.component`, `.e2e`) share one real broker and one real Postgres per run. */
const base = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['ordergate-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['/dist/', '/.ordergate/'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
  injectGlobals: false,
};
const real = '(int|component|e2e)';

export default {
  // Longer than `eventually` waits, whose error says what is still not so.
  testTimeout: 30_000,
  projects: [
    { ...base, displayName: 'unit', testRegex: [`^(?!.*\\.${real}\\.spec\\.ts$).*\\.spec\\.ts$`] },
    {
      ...base,
      displayName: 'real',
      testRegex: [`\\.${real}\\.spec\\.ts$`],
      globalSetup: '<rootDir>/libs/testing/src/jest-global-setup.ts',
      globalTeardown: '<rootDir>/libs/testing/src/jest-global-teardown.ts',
    },
  ],
};
