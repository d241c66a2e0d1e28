import type { Evidence } from '../contracts/evidence.js'
import type { Field } from '../contracts/paths.js'
import type { Paint } from '../reporters/paint.js'

/** What stands before a field. */
export const marks: Record<Evidence, string> = { documented: '●', observed: '◐', guessed: '○' }

/** What the marks mean, as the line below a table. */
export const legend = '● documented by Jivo   ◐ observed in real clients   ○ guessed'

/** Fields of a contract, a line each: the mark of the evidence, the path, the type. */
export const fieldRows = (fields: readonly Field[], color: Paint): string[] => {
  const width = Math.max(...fields.map(({ path }) => path.length))
  return fields.map(field => `${markOf(field)} ${field.path.padEnd(width)}  ${color.gray(typeText(field))}`)
}

/** The same with what a field means and where that comes from. */
export const fieldLines = (fields: readonly Field[], color: Paint): string[] => {
  const width = Math.max(...fields.map(({ path }) => path.length))
  const types = Math.min(Math.max(...fields.map(field => typeText(field).length)), 32)
  return fields.map(field => {
    const { description, source } = field.provenance ?? {}
    const about = `${description ?? ''}${description === undefined ? '' : '  '}${color.gray(source ?? '')}`
    return `${markOf(field)} ${field.path.padEnd(width)}  ${typeText(field).padEnd(types)}  ${about}`
  })
}

const markOf = ({ provenance }: Field) => (provenance === undefined ? ' ' : marks[provenance.evidence])

const typeText = ({ type, optional }: Field) => `${type}${optional ? ', may be absent' : ''}`
