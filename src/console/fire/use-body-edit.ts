import { useRef } from 'preact/hooks'
import { fixtureText } from '../../reading/fixture-file.js'
import type { Draft } from './body-drafts.js'
import type { BodyEdit } from './body-fields.js'
import { type Boxes, boxesWithout, isSame, type Path, valueAt, without, withValue } from './body-path.js'
import { type Problem, sampleOf } from './contract.js'

/** Puts the focus on the first of these that is there once the form is drawn anew. */
export const useFocus = () => {
  const ref = useRef<HTMLFormElement>(null)
  const focus = (...ids: readonly string[]) => {
    requestAnimationFrame(() => {
      const found = ids.map(id => ref.current?.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`)).find(element => element != null)
      found?.focus()
      found?.scrollIntoView({ block: 'nearest' })
    })
  }
  return { ref, focus }
}

interface Edited {
  readonly body: unknown
  readonly start: unknown
  readonly problems: readonly Problem[]
  readonly boxes: Boxes
  readonly search: string
  readonly keep: (draft: Draft) => void
  readonly focus: BodyEdit['focus']
}

/** Every edit of the form is an edit of the body's text. */
export const useBodyEdit = ({ body, start, problems, boxes, search, keep, focus }: Edited): BodyEdit => {
  /** What was put away, by its path: it comes back when it is wanted again. */
  const away = useRef(new Map<string, unknown>())
  const write = (next: unknown, kept: Boxes) => keep({ text: fixtureText(next), boxes: kept })
  const outside = (path: Path): Boxes =>
    Object.fromEntries(Object.entries(boxes).filter(([key]) => !isSame((JSON.parse(key) as Path).slice(0, path.length), path)))
  return {
    body,
    start,
    problems,
    boxes,
    search: search
      .toLowerCase()
      .split(/[\s.]+/)
      .filter(Boolean),
    set: (path, value, order = []) => write(withValue(body, path, value, order), outside(path)),
    remove: path => write(without(body, path), boxesWithout(boxes, path)),
    putAway: (path, as) => {
      const value = valueAt(body, path)
      if (value !== null && value !== undefined) away.current.set(JSON.stringify(path), value)
      write(as === 'null' ? withValue(body, path, null) : without(body, path), outside(path))
    },
    bring: (path, schema, order) => {
      const value = away.current.get(JSON.stringify(path)) ?? valueAt(start, path) ?? sampleOf(schema)
      write(withValue(body, path, value, order), outside(path))
    },
    keepBox: (path, text) => keep({ text: fixtureText(body), boxes: { ...boxes, [JSON.stringify(path)]: text } }),
    focus,
  }
}
