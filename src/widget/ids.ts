/** A random id as the contract wants it: a letter and hexadecimal digits. */
export const randomId = (prefix: 'p' | 'k' | 'm'): string =>
  prefix + Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('')
