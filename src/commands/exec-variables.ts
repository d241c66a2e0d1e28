import { shellLine } from '../transports/chrome-arguments.js'
import type { Variable } from '../transports/intercept/child-environment.js'

/** Variables as lines that a shell can read, each below what it is for; or as one JSON object. */
export const environmentLines = (variables: readonly Variable[], isJson: boolean): string =>
  isJson
    ? `${JSON.stringify(Object.fromEntries(variables.map(({ name, value, why }) => [name, { value, why }])))}\n`
    : variables.map(({ name, value, why }) => `# ${why}\n${name}=${shellLine([value])}\n`).join('')
