import { defineConfig } from 'vitest/config'

// The pages in a browser against a console; see e2e/console.ts. Two files run at
// once, each with a console and a browser of its own. The limits are for what has
// stopped for good: a loaded machine is many times slower.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/prepared.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    teardownTimeout: 120_000,
    expect: { poll: { interval: 100, timeout: 120_000 } },
  },
})
