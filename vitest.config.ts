import { defineConfig } from 'vitest/config'

// Every core, as tests wait more than they compute.
const shared = { maxWorkers: '100%', expect: { requireAssertions: true }, restoreMocks: true, testTimeout: 20_000, hookTimeout: 20_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'fast', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**', 'test/artillery/**', 'test/clients/**'] } },
      // Browsers and packed installs: by themselves and two files at a time, so that none starves on two cores.
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      // Interpreters of other languages; CI gets those that are missing, see scripts/debian.mjs.
      { test: { ...shared, name: 'clients', include: ['test/clients/**/*.test.ts'] } },
      // Fetches Artillery first.
      { test: { ...shared, name: 'artillery', include: ['test/artillery/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 300_000 } },
    ],
  },
})
