import { kindOf } from './contacts.js'

/** Fields that one call may bring. Widget API, `setCustomData`. */
const mostFields = 10

const optional = ['title', 'link', 'key']

/** Why a value is not an argument of `setCustomData`, or null when it is one. */
export const customDataProblem = (value: unknown): string | null => {
  if (!Array.isArray(value)) return `expected an array of fields, got ${kindOf(value)}`
  if (value.length > mostFields) return `at most ${mostFields} fields, got ${value.length}`
  for (const [index, field] of value.entries()) {
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return `field ${index}: expected an object, got ${kindOf(field)}`
    if (typeof field.content !== 'string') return `field ${index}: content must be a string, got ${kindOf(field.content)}`
    const wrong = optional.find(key => field[key] !== undefined && typeof field[key] !== 'string')
    if (wrong !== undefined) return `field ${index}: ${wrong} must be a string, got ${kindOf(field[wrong])}`
  }
  return null
}
