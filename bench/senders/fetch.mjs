// node fetch.mjs PORT FILE CONNECTIONS: the loop that most people write. So many at a time, every answer checked.
import { readFileSync } from 'node:fs'

const [port, path, connections] = process.argv.slice(2)
const bodies = readFileSync(path, 'utf8').trim().split('\n')
let next = 0
let passed = 0

const work = async () => {
  for (let body = bodies[next]; body !== undefined; body = bodies[next]) {
    next += 1
    const response = await fetch(`http://127.0.0.1:${port}/jivo`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    if (response.status === 200 && (await response.json()).result === 'ok') passed += 1
  }
}
await Promise.all(Array.from({ length: Number(connections) }, work))
if (passed !== bodies.length) process.exitCode = 1
