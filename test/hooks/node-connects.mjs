// Every way in which a program on Node may open TLS to Jivo, each to its first line.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:https'
import { connect as connectTcp } from 'node:net'
import tls, { connect, createSecureContext } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'

const self = fileURLToPath(import.meta.url)
const host = 'bot.jivosite.com'

const firstLine = socket =>
  new Promise(resolve => {
    socket.on('error', error => resolve(error.code))
    socket.write(`GET /webhooks/a/b HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    socket.once('data', data => {
      resolve(String(data).split('\r\n')[0])
      socket.destroy()
    })
  })

const called = start =>
  new Promise(resolve => {
    const socket = start(() => {
      socket.destroy()
      resolve('called')
    })
  })

const overProxy = () =>
  new Promise(resolve => {
    const { port, hostname } = new URL(process.env.HTTPS_PROXY)
    const socket = connectTcp(Number(port), hostname, () => socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`))
    socket.once('data', () => resolve(firstLine(tls.connect({ socket, servername: host }))))
  })

const ways = {
  options: () => firstLine(tls.connect({ host, port: 443 })),
  'options without a port': () => firstLine(tls.connect({ host })),
  'options and a callback': () => called(done => tls.connect({ host, port: 443 }, done)),
  'port and host': () => firstLine(tls.connect(443, host)),
  'port, host, options and a callback': () => called(done => tls.connect(443, host, { ALPNProtocols: ['http/1.1'] }, done)),
  'port and options': () => firstLine(tls.connect(443, { host })),
  'a name imported from the module': () => firstLine(connect({ host, port: 443 })),
  'the name in capitals': () => firstLine(tls.connect({ host: host.toUpperCase(), port: 443 })),
  'an address that was looked up before, and the name': () => firstLine(tls.connect({ host: '127.0.0.2', port: 443, servername: host })),
  'roots of its own': () => firstLine(tls.connect({ host, port: 443, ca: tls.rootCertificates[0] })),
  'a context of its own': () => firstLine(tls.connect({ host, port: 443, secureContext: createSecureContext() })),
  'a connection through the proxy': overProxy,
  'another port': () => firstLine(tls.connect({ host, port: 1, timeout: 1 })),
  'a name below it': () => firstLine(tls.connect({ host: `www.${host}`, port: 443 })),
  'a worker': async () => (await once(new Worker(self, { argv: ['child'] }), 'message'))[0],
  'a fork': async () => (await once(fork(self, ['child']), 'message'))[0],
}

const child = () =>
  new Promise(resolve => {
    request(`https://${host}/webhooks/a/b`, response => resolve(`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`)).end()
  })

if (process.argv[2] === 'child') {
  const { parentPort } = await import('node:worker_threads')
  const said = await child()
  if (parentPort === null) process.send(said)
  else parentPort.postMessage(said)
  process.exit()
} else {
  const said = await Promise.all(Object.entries(ways).map(async ([name, open]) => [name, await open()]))
  console.log(JSON.stringify(Object.fromEntries(said)))
}
