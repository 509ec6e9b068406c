import { defineConfig } from 'vitest/config'

// The pages in a browser against a console; see e2e/console.ts.
export default defineConfig({
  test: { environment: 'node', include: ['e2e/**/*.test.ts'], fileParallelism: false, hookTimeout: 120_000 },
})
