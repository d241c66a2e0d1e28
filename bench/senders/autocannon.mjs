// node autocannon.mjs PORT FILE CONNECTIONS: autocannon with a body of its own for each request, every answer checked.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

// It is no dependency: the bench says where it was fetched to.
const { default: autocannon } = await import(pathToFileURL(process.env.AUTOCANNON))
const [port, path, connections] = process.argv.slice(2)
const bodies = readFileSync(path, 'utf8').trim().split('\n')
let next = 0
let passed = 0

await autocannon({
  url: `http://127.0.0.1:${port}/jivo`,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  connections: Number(connections),
  amount: bodies.length,
  requests: [
    {
      setupRequest: request => {
        const body = bodies[next % bodies.length]
        next += 1
        return { ...request, body }
      },
      onResponse: (status, body) => {
        if (status === 200 && JSON.parse(body).result === 'ok') passed += 1
      },
    },
  ],
})
if (passed < bodies.length) process.exitCode = 1
