// npm run docs: writes docs/ from the contracts. A test fails while what lies there is older than they are.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './setup.mjs'

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: ['scripts/webhooks-page.ts'],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
})
const source = outputFiles[0]?.contents ?? new Uint8Array()
const { readExamples, webhooksPage } = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`)

const page = join(root, 'docs/webhooks.md')
mkdirSync(join(root, 'docs'), { recursive: true })
writeFileSync(page, webhooksPage(await readExamples(root)))
process.stdout.write(`Written: ${page}\n`)
