// npm run docs: writes docs/ from the contracts. A test fails while what lies there is older than they are.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from './setup.mjs'

/** Runs a TypeScript module of this folder. */
const load = async file => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`scripts/${file}`],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
  })
  const source = outputFiles[0]?.contents ?? new Uint8Array()
  return import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`)
}

const { readExamples, webhooksPage } = await load('webhooks-page.ts')
const { widgetPage } = await load('widget-page.ts')
const { botPage } = await load('bot-page.ts')
const { chatPage } = await load('chat-page.ts')

mkdirSync(join(root, 'docs'), { recursive: true })
for (const [name, text] of [
  ['webhooks.md', webhooksPage(await readExamples(root))],
  ['widget.md', widgetPage()],
  ['bot-api.md', botPage()],
  ['chat-api.md', chatPage()],
]) {
  const page = join(root, 'docs', name)
  writeFileSync(page, text)
  process.stdout.write(`Written: ${page}\n`)
}
