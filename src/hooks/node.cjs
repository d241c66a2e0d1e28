'use strict'

// Leads TLS connections to Jivo's hosts to the intercept port of jivo-dev. Everything above stays real: agents, keep-alive,
// aborts, the check of the certificate. Loaded into every Node that a command starts, so it asks for nothing at once.
const { JIVO_DEV_INTERCEPT_PORT, JIVO_DEV_INTERCEPT_CA, JIVO_DEV_INTERCEPT_HOSTS } = process.env

/** @param {{ port: number, hosts: readonly string[], ca: () => string | Buffer }} where */
const reroute = ({ port, hosts, ca }) => {
  const tls = require('node:tls')
  const { connect } = tls
  const ours = new Set(hosts)
  tls.connect = (...args) => {
    const options = optionsOf(args)
    const host = String(options.servername || options.host || '').toLowerCase()
    if (!ours.has(host) || options.path) return connect(...args)
    options.ca = ca()
    // A context of the caller's would win over the certificate.
    options.secureContext = undefined
    // A client that takes the proxy by itself brings the connection.
    if (!options.socket) {
      if (Number(options.port ?? 443) !== 443) return connect(...args)
      options.servername = host
      options.host = '127.0.0.1'
      options.port = port
    }
    return connect(options, ...args.filter(arg => typeof arg === 'function'))
  }
  require('node:module').syncBuiltinESMExports()
}

/** (options), (port, options), (port, host, options), each with or without a callback behind it. */
const optionsOf = args => {
  const options = Object.assign({}, ...args.filter(arg => typeof arg === 'object'))
  const [port, host] = args
  if (typeof port !== 'object') {
    options.port ??= port
    if (typeof host === 'string') options.host ??= host
  }
  return options
}

exports.reroute = reroute

if (JIVO_DEV_INTERCEPT_PORT && JIVO_DEV_INTERCEPT_CA && JIVO_DEV_INTERCEPT_HOSTS) {
  let pem
  reroute({
    port: Number(JIVO_DEV_INTERCEPT_PORT),
    hosts: JIVO_DEV_INTERCEPT_HOSTS.split(','),
    ca: () => {
      pem ??= require('node:fs').readFileSync(JIVO_DEV_INTERCEPT_CA)
      return pem
    },
  })
}
