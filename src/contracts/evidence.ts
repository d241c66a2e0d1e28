import type * as z from 'zod'

/**
 * How sure we are of a fact about Jivo.
 *
 * - `documented`: Jivo's own documentation says so.
 * - `observed`: seen in real clients or receivers that work with the live service.
 * - `guessed`: our decision where neither says anything. Every guess can be switched or is named in the docs.
 */
export type Evidence = 'documented' | 'observed' | 'guessed'

/** What every field of a wire contract carries in its metadata. */
export interface Provenance {
  readonly evidence: Evidence
  /** Where the fact comes from: a page of Jivo's documentation, a kind of client, or the reason for a guess. */
  readonly source: string
  readonly description?: string
}

/** Marks a schema as a field with known provenance; the mark is read back with `schema.meta()`. */
type Mark = <Schema extends z.ZodType>(schema: Schema, description?: string) => Schema

const marker =
  (evidence: Evidence) =>
  (source: string): Mark =>
  (schema, description) =>
    schema.meta(description === undefined ? { evidence, source } : { evidence, source, description })

/** Facts that Jivo's documentation states. `source` names the page and the part of it. */
export const documented = marker('documented')

/** Facts seen in real clients. `source` says in what kind of client. */
export const observed = marker('observed')

/** Our decisions where nothing is known. `source` gives the reason. */
export const guessed = marker('guessed')
