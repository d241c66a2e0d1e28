import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))

const importsOf = (file: string) => [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map(match => match[1] ?? '')

/** The layer of a file: its folder under src, or the file itself. */
const layerOf = (file: string) => /^src\/([^/]+)/.exec(file)?.[1] ?? file

/** What each layer may import of ours. One way only. */
const allowed: Record<string, readonly string[]> = {
  contracts: ['contracts'],
  emulator: ['contracts', 'emulator'],
  reading: ['contracts', 'emulator', 'reading'],
  replay: ['contracts', 'replay'],
  checks: ['contracts', 'checks'],
  chat: ['contracts', 'emulator', 'replay', 'chat'],
  config: ['contracts', 'config'],
  transports: ['contracts', 'emulator', 'replay', 'checks', 'config', 'transports', 'errors.ts'],
  reporters: ['contracts', 'emulator', 'reading', 'replay', 'checks', 'chat', 'reporters', 'context.ts'],
  terminal: ['contracts', 'emulator', 'reading', 'chat', 'reporters', 'terminal'],
  library: ['contracts', 'emulator', 'transports', 'library', 'version.ts'],
  browser: ['contracts', 'browser'],
  widget: ['contracts', 'browser', 'widget'],
  console: ['contracts', 'emulator', 'reading', 'browser', 'console'],
  playground: ['contracts', 'reading', 'console', 'playground'],
}

test.each(Object.entries(allowed))('%s imports only from the layers before it', (layer, layers) => {
  const files = sources.filter(file => layerOf(file) === layer)
  const strangers = files.flatMap(file =>
    importsOf(file)
      .filter(name => name.startsWith('.'))
      .map(name =>
        layerOf(
          relative(root, join(root, dirname(file), name))
            .replaceAll('\\', '/')
            .replace(/\.js$/, '.ts'),
        ),
      )
      .filter(target => !layers.includes(target))
      .map(target => `${file} imports ${target}`),
  )
  expect(files.length).toBeGreaterThan(0)
  expect(strangers).toEqual([])
})

test('the emulator, its contracts and the browser code reach for nothing of Node, and print nothing', () => {
  const pure = sources.filter(file =>
    ['contracts', 'emulator', 'reading', 'replay', 'checks', 'chat', 'browser', 'widget', 'console', 'playground'].includes(layerOf(file)),
  )
  const reaching = pure.filter(file => {
    const text = readFileSync(join(root, file), 'utf8')
    const isBrowser = ['browser', 'widget', 'console', 'playground'].includes(layerOf(file))
    return (
      importsOf(file).some(name => name.startsWith('node:')) ||
      /\bprocess\.[a-z]/.test(text) ||
      (!isBrowser && /\bconsole\.\w+\(/.test(text.replace(/`[^`]*`/g, '')))
    )
  })
  expect(reaching).toEqual([])
})

test('the emulator asks nobody but its arguments for time, chance and the network', () => {
  const emulator = sources.filter(file => layerOf(file) === 'emulator')
  const impure = emulator.filter(file =>
    /\b(Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|setInterval|crypto\.|[^.\w]fetch\()/.test(readFileSync(join(root, file), 'utf8')),
  )
  expect(impure).toEqual([])
})

test('files are named in kebab-case', () => {
  expect(sources.filter(file => !/^src\/([a-z0-9-]+\/)*[a-z0-9-]+(\.d)?\.tsx?$/.test(file))).toEqual([])
})
