const esmOnly =
  '@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|typed-ocpp';

/** @type {import('jest').Config} */
const base = {
  testEnvironment: 'node',
  rootDir: __dirname,
  moduleNameMapper: { '^@voltledger/(.*)$': '<rootDir>/libs/$1/src/index.ts' },
  // NestJS 12 is ESM-only and Jest cannot require(esm) on Node 20: swc turns it into CommonJS too.
  transform: {
    '^.+\\.(t|m?j)s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  clearMocks: true,
};

/** Unit tests stand beside the code and need nothing; the others start what they need. */
module.exports = {
  ...base,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,bench,libs,scripts}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.integration\\.spec\\.ts$'],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs}/**/*.integration.spec.ts', '<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/start-servers.ts',
      globalTeardown: '<rootDir>/test/support/stop-servers.ts',
    },
  ],
  testTimeout: 60_000,
};
