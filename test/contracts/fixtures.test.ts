import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { webhookContract, webhookNames } from '../../src/contracts/webhooks/events.js'

const folder = new URL('../../fixtures/webhooks/', import.meta.url)
const files = readdirSync(folder)

test.each(files)('%s is a body that its contract allows', file => {
  const body = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  expect(file.split('.')[0]).toBe(body.event_name)
  expect(webhookContract(body.event_name)?.safeParse(body).error?.issues ?? []).toEqual([])
})

test('every webhook has its plain case', () => {
  expect(files).toEqual(expect.arrayContaining(webhookNames.map(name => `${name}.json`)))
})

test('the README names every scene and nothing else', () => {
  const readme = readFileSync(new URL('../README.md', folder), 'utf8')
  const named = [...readme.matchAll(/`webhooks\/(.+\.json)`/g)].map(match => match[1])
  expect(named.sort()).toEqual([...files].sort())
})
