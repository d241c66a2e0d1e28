/** Whether a path is a pattern rather than the name of a file. */
export const isGlob = (path: string): boolean => /[*?{]/.test(path)

/** The folder above the first part of a pattern that is not plain. */
export const globFolder = (pattern: string): string => {
  const parts = pattern.split('/')
  const first = parts.findIndex(isGlob)
  const folder = parts.slice(0, first === -1 ? -1 : first).join('/')
  return folder === '' ? (pattern.startsWith('/') ? '/' : '.') : folder
}

/** `*` and `?` within a name, `**` over folders, `{a,b}` for either, nested at will. */
export const globPattern = (pattern: string): RegExp => {
  let source = ''
  let depth = 0
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at)
    if (pattern.startsWith('**/', at) && (at === 0 || pattern[at - 1] === '/')) {
      source += '(?:[^/]+/)*'
      at += 2
    } else if (pattern.startsWith('**', at)) {
      source += '.*'
      at += 1
    } else if (letter === '*') source += '[^/]*'
    else if (letter === '?') source += '[^/]'
    else if (letter === '{' && pattern.includes('}', at)) {
      source += '(?:'
      depth += 1
    } else if (letter === '}' && depth > 0) {
      source += ')'
      depth -= 1
    } else if (letter === ',' && depth > 0) source += '|'
    else source += letter.replace(/[\\^$.|+()[\]{}]/, '\\$&')
  }
  return new RegExp(`^${source}${')'.repeat(depth)}$`, 's')
}
