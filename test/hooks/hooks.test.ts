import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { missing } from '../helpers/example.js'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())

const exec = async (command: readonly string[], env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await run(['exec', '-q', '--', ...command], { cwd, env })
  expect(code, stderr).toBe(0)
  return stdout
}

/** To a GET: bots speak by POST. */
const answer = 'HTTP/1.1 405 Method Not Allowed'

test('Node: however TLS is opened, it comes to the emulator, and what is not for Jivo does not', async () => {
  const said = JSON.parse(await exec([process.execPath, fileURLToPath(new URL('node-connects.mjs', import.meta.url))]))
  const { 'another port': port, 'a name below it': below, ...others } = said
  expect(others).toEqual(Object.fromEntries(Object.keys(others).map(name => [name, name.endsWith('callback') ? 'called' : answer])))
  expect(Object.keys(others)).toHaveLength(14)
  for (const error of [port, below]) expect(error).toMatch(/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT)$/)
})

test('Node: the hook loads nothing that an idle program does not load but TLS', async () => {
  const loaded = 'process.moduleLoadList.filter(name => /NativeModule (_http_client|internal\\/deps\\/undici\\/undici)$/.test(name)).length'
  expect(await exec([process.execPath, '-p', loaded])).toBe('0\n')
  expect(await exec([process.execPath, '-p', `Request; ${loaded}`])).not.toBe('0\n')
})

test('node --import jivo-dev/intercept finds the emulator of the folder, and ends with its program', async () => {
  await using emulator = await emulate([], cwd)
  const hook = fileURLToPath(new URL('../../dist/intercept.js', import.meta.url))
  const script = "fetch('https://bot.jivosite.com/webhooks/a/b', { method: 'POST', body: '{}' }).then(async r => console.log(r.status, await r.text()))"
  const { spawnSync } = await import('node:child_process')
  const started = spawnSync(process.execPath, ['--import', hook, '-e', script], {
    cwd,
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, NODE_OPTIONS: '', JIVO_DEV_URL: '' },
  })
  expect(started.stderr).toBe('')
  expect(started.stdout).toMatch(/^401 .*invalid_client/)
  expect(started.status).toBe(0)
  await emulator.says('bot-api')
  const lost = spawnSync(process.execPath, ['--import', hook, '-e', script], {
    cwd: join(cwd, '..'),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', JIVO_DEV_URL: '' },
  })
  expect(lost.stderr).toContain('jivo-dev/intercept: no running emulator was found')
  expect(lost.status).toBe(1)
})

const noPython = missing(['python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 8))'], 'Python 3.8 or newer')
if (noPython !== null) console.warn(`The hook of Python is skipped: ${noPython}.`)

test.skipIf(noPython !== null)('Python: the hook waits until socket is imported, runs the sitecustomize behind it, and leaves other hosts alone', async () => {
  const own = join(cwd, 'own python')
  mkdirSync(own)
  writeFileSync(join(own, 'sitecustomize.py'), 'import builtins\nbuiltins.own_hook = __file__\n')
  const script = `
import sys
print('socket' in sys.modules, own_hook)
import os, socket
port = int(os.environ['JIVO_DEV_INTERCEPT_PORT'])
for host, service, family in [('bot.jivosite.com', 443, 0), (b'WH.jivosite.com.', 'https', socket.AF_INET6), ('bot.jivosite.com', 80, 0), ('127.0.0.2', 443, 0)]:
    try:
        print(socket.getaddrinfo(host, service, family, type=socket.SOCK_STREAM)[0][4] == ('127.0.0.1', port))
    except socket.gaierror:
        print('not found')
print(socket.getaddrinfo('127.0.0.2', 443, type=socket.SOCK_STREAM)[0][4])
`
  const said = (await exec(['python3', '-c', script], { PYTHONPATH: own })).trim().split('\n')
  expect(said).toEqual([`False ${join(own, 'sitecustomize.py')}`, 'True', 'True', 'not found', 'False', "('127.0.0.2', 443)"])
})

const noPhp = missing(['php', '-r', 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);'], 'PHP 8.1 or newer')
if (noPhp !== null) console.warn(`The hook of PHP is skipped: ${noPhp}.`)

test.skipIf(noPhp !== null)("PHP: the hook changes no context of the caller's, and is still there after a failure", async () => {
  writeFileSync(
    join(cwd, 'streams.php'),
    `<?php
$context = stream_context_create(['http' => ['method' => 'POST', 'content' => '{}', 'ignore_errors' => true]]);
$before = stream_context_get_options($context);
echo strlen(file_get_contents('https://bot.jivosite.com/webhooks/a/b', false, $context)) > 20 ? 'answered' : 'lost', "\\n";
echo stream_context_get_options($context) === $before ? 'same' : 'changed', "\\n";
echo @file_get_contents('https://127.0.0.1:1/') === false ? 'failed' : 'answered', "\\n";
echo @file_get_contents('https://bot.jivosite.com:8443/') === false ? 'failed' : 'answered', "\\n";
$stream = fopen('https://bot.jivosite.com/webhooks/a/b', 'r', false, $context);
stream_set_timeout($stream, 5);
echo strlen(stream_get_contents($stream)) > 20 && feof($stream) ? 'answered' : 'lost', "\\n";
fclose($stream);
`,
  )
  expect(await exec(['php', 'streams.php'])).toBe('answered\nsame\nfailed\nfailed\nanswered\n')
})
