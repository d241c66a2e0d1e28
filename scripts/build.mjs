// Builds dist/: the command line and the library as code-split ESM, the browser scripts as one file each, the console's in parts, the widget's bundle once a language, and the types.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const dist = join(root, 'dist')
rmSync(dist, { recursive: true, force: true })

const shared = { absWorkingDir: root, bundle: true, logLevel: 'warning', metafile: true, legalComments: 'none' }

/** Ink would connect to React's developer tools where a variable DEV is set, which is nothing of our users. */
const withoutDevtools = {
  name: 'without-devtools',
  setup: ({ onLoad }) => onLoad({ filter: /ink[/\\]build[/\\]devtools\.js$/ }, () => ({ contents: '' })),
}

const node = build({
  ...shared,
  entryPoints: ['src/main.ts', 'src/index.ts', 'src/intercept.ts'],
  outdir: 'dist',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // React has a slower half for whoever develops with it.
  define: { __VERSION__: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  plugins: [withoutDevtools],
  // `open` starts helper programs that lie beside its own file; msw is brought by who uses it.
  external: ['open', 'msw'],
  // Some dependencies are CommonJS and ask for built-in modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
})

/** For tests of people's own, which run in pages as well. zod is no stranger to their bundles; the types name it. */
const msw = build({
  ...shared,
  entryPoints: ['src/msw.ts'],
  outdir: 'dist',
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  splitting: true,
  chunkNames: 'chunks/msw-[name]-[hash]',
  define: { __VERSION__: JSON.stringify(version) },
  external: ['msw', 'zod'],
})

/** An exported load test judges as a replay does, without this package at its side; so it carries the licence of what is in it. */
const judge = build({
  ...shared,
  entryPoints: ['src/replay/verdict.ts'],
  outfile: 'dist/artillery/judge.cjs',
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  minify: true,
  banner: { js: `/* The judge of jivo-dev ${version}, with zod:\n\n${readFileSync(join(root, 'node_modules/zod/LICENSE'), 'utf8').trim()} */` },
})

const browser = {
  ...shared,
  platform: 'browser',
  format: 'iife',
  target: ['es2022'],
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'utf8',
}

/** The widget carries its styles in the script; they travel as small as the rest. */
const cssAsText = {
  name: 'css-as-text',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true, target: browser.target })
      return { contents: code, loader: 'text' }
    }),
}

/**
 * The widget's second script carries no copy of what the first has: it gets that as `JV` (`src/widget/view/shared.ts`). Two
 * copies of Preact in one tree would not know each other's hooks.
 */
const fromFirst = {
  name: 'from-first',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^preact|\/icon\.js$/ }, () => ({ path: 'shared', namespace: 'from-first' }))
    const names = 'Fragment, Icon, Shape, jsx, jsxs, useEffect, useRef, useState'
    onLoad({ filter: /^/, namespace: 'from-first' }, () => ({ contents: `export const { ${names} } = JV` }))
  },
}
const second = { banner: { js: 'export const make=JV=>{' }, footer: { js: 'return second.more}' }, globalName: 'second' }
const scripts = [
  build({ ...browser, entryPoints: ['src/widget/loader.ts'], outfile: 'dist/widget/loader.js' }),
  // A bundle has the words of its language alone.
  ...Object.entries({ en: 'en_US', ru: 'ru_RU' }).map(([language, locale]) =>
    build({
      ...browser,
      entryPoints: ['src/widget/bundle.ts'],
      outfile: `dist/widget/bundle_${locale}.js`,
      plugins: [cssAsText],
      define: { __LANGUAGE__: JSON.stringify(language) },
    }),
  ),
  build({ ...browser, ...second, entryPoints: ['src/widget/more/more.tsx'], outfile: 'dist/widget/more.js', plugins: [cssAsText, fromFirst] }),
  // Each place of the console is a script of its own, and so is what is rarely opened.
  build({ ...browser, entryPoints: ['src/console/console.tsx'], outdir: 'dist/console', format: 'esm', splitting: true, chunkNames: '[name]-[hash]' }),
  build({ ...browser, entryPoints: ['src/playground/playground.tsx'], outfile: 'dist/playground/playground.js' }),
]

for (const name of ['console', 'playground', 'shop', 'stickers']) {
  mkdirSync(join(dist, name), { recursive: true })
  for (const file of readdirSync(join(root, 'src', name))) {
    const isServed = file.endsWith('.html') || file.endsWith('.svg') || (name === 'shop' && /\.(css|js)$/.test(file))
    if (isServed) cpSync(join(root, 'src', name, file), join(dist, name, file))
  }
}

// Other programs load these, as they are.
cpSync(join(root, 'src/hooks'), join(dist, 'hooks'), { recursive: true })

// The console starts a webhook from the plain case of its event; `EVENT.SCENE.json` are for replay only.
for (const group of ['webhooks', 'crm']) {
  const folder = join(root, 'fixtures', group)
  if (!existsSync(folder)) continue
  for (const file of readdirSync(folder)) if (/^\w+\.json$/.test(file)) cpSync(join(folder, file), join(dist, 'console', file))
}

const built = await Promise.all([node, msw, judge, ...scripts])
writeFileSync(join(dist, 'THIRD-PARTY.txt'), notices(built.map(({ metafile }) => metafile)))

const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json'], { cwd: root, stdio: 'inherit' })
if (tsc.status !== 0) process.exit(tsc.status ?? 1)
// Read by `npm start` and `npm test` to see whether the build is older than its sources.
writeFileSync(join(dist, '.built'), '')

/** Names and licences of what is bundled, as those licences ask. */
function notices(metafiles) {
  const packages = new Map()
  for (const input of metafiles.flatMap(({ inputs }) => Object.keys(inputs))) {
    const match = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(input)
    if (match !== null) packages.set(match[2], join(root, match[1]))
  }
  const parts = [...packages.entries()].sort().map(([name, folder]) => {
    const { version: installed, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry))
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim()
    return `${name} ${installed}\n\n${text}\n`
  })
  return `jivo-dev contains code of these packages.\n\n${parts.join(`\n${'-'.repeat(72)}\n\n`)}`
}
