/** Where somebody listens who speaks HTTP. */
export interface Place {
  readonly isSecure: boolean
  /** As sockets take it: no brackets around an address. */
  readonly host: string
  readonly port: number
}

/** Where the server of an address listens. */
export const placeOf = ({ protocol, hostname, port }: URL): Place => {
  const isSecure = protocol === 'https:'
  return { isSecure, host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (isSecure ? 443 : 80) : Number(port) }
}
