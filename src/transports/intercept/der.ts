/** ASN.1 in DER, as far as a certificate needs it. ITU-T X.690. */

/** A value with its tag and length. */
export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body])
}

const lengthOf = (length: number): number[] => {
  if (length < 0x80) return [length]
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)

export const octets = (...parts: readonly Uint8Array[]): Buffer => der(0x04, ...parts)

/** A bit string whose last byte has so many bits that do not count. */
export const bits = (body: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), body)

/** An object identifier, given as people write it: `2.5.29.17`. */
export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

const base128 = (arc: number): number[] => {
  const bytes = [arc & 0x7f]
  for (let left = arc >> 7; left > 0; left >>= 7) bytes.unshift(0x80 | (left & 0x7f))
  return bytes
}

/** A moment, to the second. Two digits of the year until 2049, four from then on: RFC 5280, 4.1.2.5. */
export const time = (at: number): Buffer => {
  const text = `${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text))
}
