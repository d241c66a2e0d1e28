import type { Event, EventOf, Fact, FactType } from '../../contracts/journal.js'
import type { World } from '../world/world.js'
import type { Input, InputOf, InputType } from './inputs.js'

/** The facts that an input makes true, or a `Refusal`. `now` is in milliseconds since 1970. */
export type Decide<Type extends InputType> = (world: Readonly<World>, input: InputOf<Type>, now: number) => readonly Fact[]

/** The facts that follow from an event. The world already has the event in it. */
export type React<Type extends FactType> = (world: Readonly<World>, event: EventOf<Type>) => readonly Fact[]

/**
 * One theme of Jivo's behaviour: what it decides, and how it reacts to what others decided.
 *
 * Both are pure functions of values. An input belongs to one theme; any number of themes may react to an event.
 */
export interface Theme {
  readonly decide?: { readonly [Type in InputType]?: Decide<Type> }
  readonly react?: { readonly [Type in FactType]?: React<Type> }
}

type RefusalStatus = 400 | 401 | 404 | 405 | 409 | 413 | 415 | 429 | 403 | 500 | 502 | 503 | 504

/** An input that cannot be: the caller is told why, and nothing is recorded. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  /** HTTP status that fits. */
  readonly status: RefusalStatus
  readonly code: string
  /** The field that is wrong, empty when it is no single one. */
  readonly field: string
  /** Where the rule that was broken comes from; empty when it is our own. */
  readonly source: string

  constructor(status: RefusalStatus, code: string, message: string, field = '', source = '') {
    super(message)
    this.status = status
    this.code = code
    this.field = field
    this.source = source
  }
}

/** What works here and may not with Jivo: a warning, and for a strict account perhaps a refusal. */
export interface Doubt {
  /** Path in the body; empty when it is the request as a whole. */
  readonly field: string
  readonly message: string
}

/** Joins themes into the two functions that `dispatch` needs. */
export const combine = (themes: readonly Theme[]) => {
  const deciders = new Map<string, (world: World, input: Input, now: number) => readonly Fact[]>()
  const reactors = new Map<string, ((world: World, event: Event) => readonly Fact[])[]>()
  for (const theme of themes) {
    for (const [type, decide] of Object.entries(theme.decide ?? {})) deciders.set(type, decide as never)
    for (const [type, react] of Object.entries(theme.react ?? {})) {
      reactors.set(type, [...(reactors.get(type) ?? []), react as never])
    }
  }
  return {
    decide: (world: World, input: Input, now: number): readonly Fact[] => deciders.get(input.type)?.(world, input, now) ?? [],
    react: (world: World, event: Event): readonly Fact[] => reactors.get(event.type)?.flatMap(react => react(world, event)) ?? [],
  }
}
