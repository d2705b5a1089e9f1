import { defineConfig, globalIgnores } from 'eslint/config';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Node strips types and runs the rest, so nothing may stand in a file that is more than a type. */
const onlyErasableSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals: an enum cannot be erased.' },
  {
    selector: 'TSParameterProperty',
    message: 'Declare the field and assign it: a parameter property cannot be erased.',
  },
  { selector: 'TSModuleDeclaration[kind="namespace"]', message: 'Use a module: a namespace cannot be erased.' },
];

/** The doors between packages; what may go through the doors inside a service is proved by tests/architecture. */
const packageDoors = {
  group: ['@ordergate/*/src/**', '@ordergate/*/dist/**', '**/libs/*/**', '**/services/*/**'],
  message: 'Packages import each other by name: @ordergate/money.',
};
const kafkaBehindMessaging = {
  group: ['kafkajs'],
  message: 'Kafka stays behind libs/messaging (docs/adr/0001-own-transport-strategy.md).',
};

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/.ordergate/',
    '**/.nx/',
    'coverage/',
    'tests/architecture/fixtures/',
    'libs/contracts/released/',
  ]),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'smart'],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...onlyErasableSyntax],
      'no-restricted-imports': ['error', { patterns: [packageDoors, kafkaBehindMessaging] }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      complexity: ['error', 18],
      'max-depth': ['error', 3],
      'max-params': ['error', 6],
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_$', ignoreRestSiblings: true },
      ],
      // Control characters are what our own patterns refuse.
      'no-control-regex': 'off',
      // A row that was asked for by its own key, an array that was just measured: `!` says "known here".
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // The rules that need types, where they pay: a promise nobody awaits is a lost message or a lost error.
    files: ['{libs,services,infra,tools,tests}/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // These talk to the broker themselves: the library it is kept in, what starts it, and what tests and drives it from outside.
    files: ['{libs/messaging,libs/testing,infra/local,tools,tests}/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [packageDoors] }] },
  },
  {
    // A tool runs before anything is built, so it takes the sources it needs by their path.
    files: ['tools/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // A row's columns that may be null are no branches.
    files: ['**/store/*.ts'],
    rules: { complexity: 'off' },
  },
  {
    // Programs for a terminal speak through it.
    files: [
      '{infra,tools,tests/benchmark,tests/docker,tests/faults}/**',
      'libs/contracts/src/{documents,releases}/*.ts',
      'libs/testing/src/jest-*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // A describe block is a chapter, not a function; a migration is one long statement.
    files: ['**/*.{spec,fixture}.ts', '**/migrations/*.ts', '**/*.migration.ts', '**/*-tables.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // What came over the wire is asserted field by field, not typed.
    files: ['**/*.{spec,fixture}.ts', 'libs/testing/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly', fetch: 'readonly' } },
  },
);
