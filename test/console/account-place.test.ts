import { expect, test } from 'vitest'
import type { Provenance } from '../../src/contracts/evidence.js'
import { unwrap } from '../../src/contracts/paths.js'
import { quirkChoices, quirkNames } from '../../src/contracts/webhooks/quirk-choices.js'
import { quirks } from '../../src/contracts/webhooks/quirks.js'

test('the account offers every value of every switch, and is as sure of it as the contract', () => {
  const contract = Object.entries(quirks.shape).map(([name, schema]) => [
    name,
    { values: (unwrap(schema) as unknown as { options: string[] }).options, evidence: (schema.meta() as Provenance | undefined)?.evidence },
  ])
  expect(quirkNames.map(name => [name, quirkChoices[name]])).toEqual(contract)
})
