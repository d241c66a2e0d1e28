// A bot's message: accepted, checked, journaled and answered after its write, by `jivo-dev emulate`, by a bare server that does
// the same work, and by servers that people mock APIs with. Each server has one core and the client another.
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { fetched } from '../scripts/fetched.mjs'
import { inFolder } from './bodies.mjs'
import { paired, ratiosOf } from './paired.mjs'
import { spawnNode } from './receiving.mjs'

const path = name => fileURLToPath(new URL(name, import.meta.url))
const bin = path('../bin/jivo-dev.js')

const connections = 32
const count = 20_000
/** Answers that do not count: a server's first ones are slower than the rest. */
const warm = 20_000

const bodyOf = number => ({
  event: 'BOT_MESSAGE',
  id: `9f0c1b2a-77aa-11f0-8f3e-${String(number).padStart(12, '0')}`,
  client_id: '1',
  chat_id: '9001',
  message: { type: 'TEXT', text: `Answer ${number}: ${'size 40 is back, and so is the blue one. '.repeat(8)}`, timestamp: 1_754_000_000 + number },
})

/** Resolves with the first value that is not undefined, looked for every 20 ms, for at most a minute. */
const until = async look => {
  for (let tries = 0; tries < 3_000; tries += 1) {
    const value = await look()
    if (value !== undefined) return value
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('the server was not ready within a minute')
}

const listens = port =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.end() && true))
    socket.once('error', () => resolve(undefined))
  })

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

const end = async (child, signal = 'SIGKILL') => {
  if (child.exitCode !== null) return
  child.kill(signal)
  await once(child, 'close')
}

const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }

/** Milliseconds and the 99th percentile of so many requests, as the client saw them. */
const load = async (folder, { port, url, total = count, before = warm }) => {
  const file = join(folder, 'requests')
  writeFileSync(file, [url, ...Array.from({ length: 500 }, (_, at) => JSON.stringify(bodyOf(at)))].join('\n'))
  const sender = spawnNode(1, [path('senders/posting.mjs'), ...[port, file, connections, total, before].map(String)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await Promise.race([
    once(sender.stdout.setEncoding('utf8'), 'data'),
    once(sender, 'exit').then(() => Promise.reject(new Error('the client failed'))),
  ])
  await end(sender)
  return JSON.parse(line)
}

/** Runs with an emulator whose chat 9001 a bot has. `env` and `flags` are Node's. */
const withEmulator = (run, { env = {}, flags = [] } = {}) =>
  inFolder(async folder => {
    const bot = createServer((request, response) => request.resume().on('end', () => response.end())).listen(0, '127.0.0.1')
    await once(bot, 'listening')
    const data = join(folder, 'data')
    const args = ['emulate', '--port', '0', '--quiet', '--agents', 'manual', '--data', data, '--bot', `http://127.0.0.1:${bot.address().port}/`]
    const child = spawnNode(0, [...flags, bin, ...args, '--bot-token', 'sesame'], { ...quiet, env: { ...process.env, ...env } })
    try {
      const url = await until(() => {
        const file = join(data, 'emulator.json')
        return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8') || '{}').url ?? undefined) : undefined
      })
      const ask = async (route, body) => {
        const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        const answer = await fetch(`${url}_dev/${route}`, init)
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      }
      await ask('channels/site/clients', { id: 'ada' })
      await ask('visitors/1/messages', { text: 'Hello' })
      const { account } = await ask('state')
      const measured = await run(folder, { port: Number(new URL(url).port), url: `/webhooks/${account.bots[0].providerId}/sesame` })
      const { chats } = await ask('state')
      if (chats[9001].status !== 'bot') throw new Error('the bot lost its chat')
      await end(child, 'SIGTERM')
      return measured
    } finally {
      await end(child)
      bot.close()
    }
  })

const emulator = () => withEmulator(load)

const bare = () =>
  inFolder(async folder => {
    const outfile = join(folder, 'yardstick.mjs')
    await build({ entryPoints: [path('bot-yardstick.ts')], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' })
    const child = spawnNode(0, [outfile, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      const [port] = await once(child.stdout.setEncoding('utf8'), 'data')
      return await load(folder, { port: Number(port), url: '/' })
    } finally {
      await end(child)
    }
  })

/** Measures a server that was fetched. Fewer requests: it is slow. */
const peer = argsOf => () =>
  inFolder(async folder => {
    const port = await freePort()
    const child = spawnNode(0, await argsOf(port, folder), { stdio: ['ignore', 'ignore', 'inherit'], cwd: folder })
    try {
      await until(() => listens(port))
      const { took, p99 } = await load(folder, { port, url: '/webhooks/provider/token', total: 3_000, before: 2_000 })
      // As if it were as many as ours.
      return { took: (took * count) / 3_000, p99 }
    } finally {
      await end(child)
    }
  })

/** Prism, told of the route by OpenAPI: it checks each body against the same contract, and keeps nothing. */
const prism = async (port, folder) => {
  const { outputFiles } = await build({
    stdin: { contents: "export { botRequests } from '../src/contracts/bot-api.js'\nexport { toJSONSchema } from 'zod'", resolveDir: path('.'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'warning',
  })
  const { botRequests, toJSONSchema } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
  const content = schema => ({ content: { 'application/json': { schema } } })
  const document = {
    openapi: '3.0.3',
    info: { title: 'Bot API', version: '1' },
    paths: {
      '/webhooks/provider/token': {
        post: {
          requestBody: { required: true, ...content(toJSONSchema(botRequests.BOT_MESSAGE, { io: 'input', target: 'openapi-3.0' })) },
          responses: { 200: { description: 'taken', ...content({ type: 'object' }) } },
        },
      },
    },
  }
  const file = join(folder, 'openapi.json')
  writeFileSync(file, JSON.stringify(document))
  const bin = join(fetched('@stoplight/prism-cli', '5.14.2'), 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js')
  return [bin, 'mock', file, '--port', String(port), '--host', '127.0.0.1', '--verboseLevel', 'fatal']
}

/** Mockoon with one route: it checks nothing and keeps nothing. */
const mockoon = (port, folder) => {
  const response = {
    uuid: 'r1',
    body: '{}',
    latency: 0,
    statusCode: 200,
    label: '',
    headers: [{ key: 'Content-Type', value: 'application/json' }],
    default: true,
  }
  const route = { uuid: 'r', type: 'http', method: 'post', endpoint: 'webhooks/provider/token', responses: [response], responseMode: null }
  const environment = {
    uuid: 'e',
    lastMigration: 33,
    name: 'Bot API',
    endpointPrefix: '',
    latency: 0,
    port,
    hostname: '127.0.0.1',
    folders: [],
    routes: [route],
  }
  const file = join(folder, 'mockoon.json')
  writeFileSync(
    file,
    JSON.stringify({ ...environment, rootChildren: [{ type: 'route', uuid: 'r' }], proxyMode: false, headers: [], cors: false, data: [], callbacks: [] }),
  )
  const bin = join(fetched('@mockoon/cli', '9.9.0'), 'node_modules', '@mockoon', 'cli', 'bin', 'run.js')
  return [bin, 'start', '--data', file, '--port', String(port), '--disable-log-to-file', '--repair']
}

/** Both numbers of the same runs, by the name of the other server. */
const runs = new Map()
const against = (name, pairs, other) => {
  runs.set(
    name,
    runs.get(name) ??
      (async () => {
        const p99 = { subject: [], yardstick: [] }
        const noting = (side, measure) => async () => {
          const { took, p99: time } = await measure()
          p99[side].push(time)
          return took
        }
        const took = await paired(pairs, noting('subject', emulator), noting('yardstick', other))
        return { took, p99: ratiosOf(p99.subject.slice(1), p99.yardstick.slice(1)) }
      })(),
  )
  return runs.get(name)
}

/** Peak memory of an emulator after so many requests, in MiB. */
const peak = total =>
  inFolder(async folder => {
    const told = join(folder, 'peak')
    await withEmulator((own, target) => load(own, { ...target, total, before: 0 }), { env: { PEAK_FILE: told }, flags: ['--import', path('peak.mjs')] })
    return Number(readFileSync(told, 'utf8'))
  })

const name = `${count.toLocaleString('en')} messages of a bot to \`jivo-dev emulate\`, checked, journaled and answered, ${connections} in flight`
const bareName = 'a `node:http` server with the same contract and journal'
const toBare = async () => against('bare', 7, bare)

export const botApi = [
  { name, against: bareName, goal: 0.6, atLeast: true, measure: async () => (await toBare()).took },
  { name: `99th percentile of those, ${connections} in flight`, against: bareName, goal: 3, digits: 1, measure: async () => (await toBare()).p99 },
  {
    name,
    against: 'Prism 5.14.2, which checks the same and keeps nothing',
    goal: 5,
    atLeast: true,
    measure: async () => (await against('prism', 3, peer(prism))).took,
  },
  {
    name,
    against: 'Mockoon 9.9.0, which checks nothing and keeps nothing',
    goal: 6,
    atLeast: true,
    measure: async () => (await against('mockoon', 3, peer(mockoon))).took,
  },
  {
    name: 'peak memory of an emulator after 1,000,000 of them',
    against: 'after 20,000',
    most: 150,
    unit: 'MiB',
    measure: () =>
      paired(
        1,
        () => peak(1_000_000),
        () => peak(20_000),
      ),
  },
]
