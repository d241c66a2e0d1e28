import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const page = read('docs/routes.md')

test('every route of the emulator is on the page', () => {
  const sources = readdirSync(new URL('../../src/emulator/routes', import.meta.url)).map(name => read(`src/emulator/routes/${name}`))
  const routes = sources.flatMap(source => [...source.matchAll(/(?:route\(app, |app\.(?:get|post|all)\()'([^'*]+)'/g)].map(([, path]) => path))
  expect(routes.length).toBeGreaterThan(30)
  expect(routes.filter(path => !new RegExp(`[\`? ]${path?.replaceAll(/[.$]/g, '\\$&')}[\`?]`).test(page))).toEqual([])
})

test('every control route on the page is one of the emulator', () => {
  const sources = readdirSync(new URL('../../src/emulator/routes', import.meta.url))
    .map(name => read(`src/emulator/routes/${name}`))
    .concat(read('src/transports/node-server.ts'))
    .join('\n')
  const named = [...page.matchAll(/`(?:GET |POST )?(\/_dev\/[^`?]+)[`?]/g)].map(([, path]) => path ?? '')
  expect(named.length).toBeGreaterThan(25)
  expect(named.filter(path => !sources.includes(`'${path}'`))).toEqual([])
})
