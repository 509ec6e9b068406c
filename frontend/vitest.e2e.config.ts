import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// The longest of the files, in order: begun last, one of them would be left to run
// alone. The others follow by their size.
const LONGEST = ['every-page', 'factor', 'routes', 'witness', 'terms', 'ratings', 'fits']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))
      return at < 0 ? LONGEST.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

// The pages in a browser against a console; see e2e/console.ts. Four files run at
// once, each with a console and a browser of its own: two cores are busy then, as
// each waits for most of its time. The limits are for what has stopped for good: a
// loaded machine is many times slower.
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/prepared.ts'],
    pool: 'forks',
    maxWorkers: 4,
    isolate: false, // what files share is loaded once a worker
    sequence: { sequencer: LongestFirst },
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    teardownTimeout: 120_000,
    expect: { poll: { interval: 100, timeout: 120_000 } },
  },
})
