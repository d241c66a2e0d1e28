import { BlockList, isIP } from 'node:net'

/** Link-local addresses and those where clouds keep the secrets of a machine: nothing of a developer's listens there. */
const forbiddenRanges = new BlockList()
forbiddenRanges.addSubnet('169.254.0.0', 16)
forbiddenRanges.addSubnet('fe80::', 10, 'ipv6')
forbiddenRanges.addAddress('fd00:ec2::254', 'ipv6')
forbiddenRanges.addAddress('fd20:ce::254', 'ipv6')
forbiddenRanges.addAddress('100.100.100.200')
forbiddenRanges.addAddress('192.0.0.192')

/** Also for the ways to write an IPv4 address as IPv6: mapped, compatible, NAT64 and 6to4. */
export const isForbidden = (address: string): boolean => {
  if (isIP(address) === 4) return forbiddenRanges.check(address, 'ipv4')
  const plain = address.split('%')[0] ?? address
  if (forbiddenRanges.check(plain, 'ipv6')) return true
  const inner = innerIpv4(plain)
  return inner !== null && forbiddenRanges.check(inner, 'ipv4')
}

const innerIpv4 = (address: string): string | null => {
  // The URL parser brings every spelling to one: lower case, shortest, without dots.
  const groups = expand(new URL(`http://[${address}]`).hostname.slice(1, -1))
  const dotted = (high: number, low: number) => [high >> 8, high & 255, low >> 8, low & 255].join('.')
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups
  if (a === 0x2002) return dotted(b, c)
  if (a === 0x64 && b === 0xff9b) return dotted(g, h)
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && (e === 0xffff || e === 0) && (f === 0xffff || f === 0)
  return isMapped ? dotted(g, h) : null
}

const expand = (address: string): number[] => {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0')
  return [...left, ...zeros, ...right].map(group => Number.parseInt(group, 16))
}
