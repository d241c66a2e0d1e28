import { webhookContract } from '../contracts/webhooks/events.js'
import { EditError, setField, unsetField } from './edit.js'
import type { Fixture } from './fixture.js'

/** One `--set` or `--unset`. */
export type Edit = { readonly kind: 'set'; readonly path: string; readonly value: string } | { readonly kind: 'unset'; readonly path: string }

export interface Rewriting {
  /** @throws EditError when a value is forbidden; a path that an event does not have is left alone */
  readonly rewrite: (fixture: Fixture) => Fixture
  /** Edits that fitted no body so far, with what was wrong the first time. */
  readonly unused: () => readonly { readonly edit: Edit; readonly event: string; readonly error: EditError }[]
}

/** Changes bodies before they are sent. A body that nothing changes keeps its text, byte for byte. */
export const createRewriting = (edits: readonly Edit[], freshIds?: (body: unknown) => unknown): Rewriting => {
  const used = new Set<Edit>()
  const problems = new Map<Edit, { readonly edit: Edit; readonly event: string; readonly error: EditError }>()
  const apply = (body: unknown, event: string, edit: Edit): unknown => {
    try {
      const contract = webhookContract(event)
      const changed = edit.kind === 'set' ? setField(body, contract, edit.path, edit.value) : unsetField(body, contract, edit.path)
      used.add(edit)
      return changed
    } catch (error) {
      if (!(error instanceof EditError) || error.problem.kind !== 'unknown-path') throw error
      if (!problems.has(edit)) problems.set(edit, { edit, event, error })
      return body
    }
  }
  return {
    rewrite: fixture => {
      if (edits.length === 0 && freshIds === undefined) return fixture
      const renewed = freshIds === undefined ? fixture.body : freshIds(fixture.body)
      const body = edits.reduce((at, edit) => apply(at, fixture.event, edit), renewed) as Fixture['body']
      return body === fixture.body ? fixture : { ...fixture, body, text: JSON.stringify(body) }
    },
    unused: () => [...problems.values()].filter(({ edit }) => !used.has(edit)),
  }
}
