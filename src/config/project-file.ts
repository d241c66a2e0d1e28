import { InvalidArgumentError } from 'commander'
import { isMap, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import * as z from 'zod'
import { accountAgent, agentsMode, deliveryProfile, template } from '../contracts/account.js'
import { type ChannelType, channelTypes } from '../contracts/channel-types.js'
import { someQuirks } from '../contracts/webhooks/quirks.js'
import { widgetSettings } from '../contracts/widget-settings.js'
import { parseAssistant, parseDuration, parseRateLimit, parseTrouble, parseUrl } from './values.js'

/** A mistake in the file, where it is. Lines and columns count from 1. */
export class ProjectFileError extends Error {
  override readonly name = 'ProjectFileError'
  readonly line: number
  readonly column: number
  /** A key that is not known, and those that stand there. */
  readonly unknown: { readonly key: string; readonly known: readonly string[] } | null

  constructor(message: string, line: number, column: number, unknown: { key: string; known: readonly string[] } | null = null) {
    super(message)
    this.line = line
    this.column = column
    this.unknown = unknown
  }
}

/** A value of a flag, in the form that the flag takes. */
const flagValue = <Value>(parse: (text: string) => Value) =>
  z.union([z.string(), z.number()]).transform((given, context): Value => {
    try {
      return parse(String(given))
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
      context.issues.push({ code: 'custom', message: error.message, input: given })
      return z.NEVER
    }
  })

const url = flagValue(parseUrl)

const channel = z.strictObject({
  type: z.enum(channelTypes as [ChannelType, ...ChannelType[]]),
  name: z.string().min(1).max(200).optional(),
  webhook: url.nullable().optional(),
  url: url.optional(),
  framing: z.enum(['length', 'chunked']).optional(),
  quirks: someQuirks.optional(),
  widget: widgetSettings.partial().optional(),
  jwtSecret: z.string().min(1).max(1_000).optional(),
})

const bot = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  url,
  token: z.string().min(1).max(500).optional(),
  providerId: z
    .string()
    .regex(/^[0-9A-Za-z]{1,60}$/, 'expected letters and digits')
    .optional(),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'is no name of a header'), z.string()).optional(),
  channels: z.array(z.string()).min(1).optional(),
  answerWithin: flagValue(parseDuration).optional(),
})

/** What a project keeps in its file: the flags of `emulate` by their names, and what no flag can say. */
const projectFile = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  host: z.string().optional(),
  data: z.string().optional(),
  seed: z.int().min(0).max(0x7fffffff).optional(),
  webhook: url.nullable().optional(),
  crmWebhook: url.nullable().optional(),
  agents: agentsMode.optional(),
  team: z.array(accountAgent).min(1).optional(),
  templates: z.array(template).optional(),
  suggest: flagValue(parseAssistant).optional(),
  strict: z.boolean().optional(),
  strictTokens: z.boolean().optional(),
  tokenUrl: url.optional(),
  refuseWith: flagValue(parseTrouble).optional(),
  rateLimit: flagValue(parseRateLimit).nullable().optional(),
  deliveryProfile: deliveryProfile.shape.name.optional(),
  quirks: someQuirks.optional(),
  channels: z.array(channel).optional(),
  bots: z.array(bot).optional(),
})

export type ProjectFile = z.infer<typeof projectFile>

/**
 * Reads a project's file. `${NAME}` in a text stands for a variable of the environment: secrets need not be in the file.
 *
 * @throws ProjectFileError for the first mistake, with its place
 */
export const parseProjectFile = (text: string, env: Readonly<Record<string, string | undefined>>): ProjectFile => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return [Math.max(1, line), Math.max(1, col)] as const
  }
  const [broken] = document.errors
  if (broken !== undefined) throw new ProjectFileError(broken.message, ...placeOf(broken.pos[0]))
  const at = (path: readonly PropertyKey[], what: 'key' | 'value' = 'value') => placeOf(offsetOf(document.contents, path, what))

  // An alias can stand for itself many times over.
  let json: unknown
  try {
    json = withVariables(document.toJS({ maxAliasCount: 100 }) ?? {}, env, (message, path) => {
      throw new ProjectFileError(message, ...at(path))
    })
  } catch (error) {
    throw error instanceof ReferenceError ? new ProjectFileError(error.message, 1, 1) : error
  }

  const parsed = projectFile.safeParse(json)
  if (!parsed.success) {
    const { issues } = parsed.error
    // A key that is not known is often the one that is missing, spelt otherwise.
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
    const path = issue?.path ?? []
    if (issue?.code === 'unrecognized_keys') {
      const key = issue.keys[0] ?? ''
      throw new ProjectFileError(`${nameOf([...path, key])} is not a setting.`, ...at([...path, key], 'key'), { key, known: keysAt(path) })
    }
    if (path.length > 0 && !isThere(json, path)) throw new ProjectFileError(`${nameOf(path)} is missing.`, ...at(path))
    throw new ProjectFileError(
      `${path.length === 0 ? 'The file' : nameOf(path)} is wrong: ${issue?.message.replace(/\.$/, '') ?? 'its shape is not known'}.`,
      ...at(path),
    )
  }
  checkNames(parsed.data, at)
  checkSecrets(parsed.data, at)
  return parsed.data
}

/** What refers to a channel must mean one. */
const checkNames = ({ channels = [], bots = [] }: ProjectFile, at: (path: readonly PropertyKey[]) => readonly [number, number]) => {
  const names = channels.flatMap(({ name }) => name ?? [])
  for (const [index, { channels: wanted = [] }] of bots.entries()) {
    for (const [nth, name] of wanted.entries()) {
      if (names.includes(name) || (channelTypes as readonly string[]).includes(name)) continue
      const known = [...names, ...channelTypes]
      throw new ProjectFileError(`bots.${index}.channels names ${name}, and there is no such channel.`, ...at(['bots', index, 'channels', nth]), {
        key: name,
        known,
      })
    }
  }
}

/** Users have tokens where they write from a page or an app of the customer. */
const checkSecrets = ({ channels = [] }: ProjectFile, at: (path: readonly PropertyKey[], what: 'key') => readonly [number, number]) => {
  const index = channels.findIndex(({ type, jwtSecret }) => jwtSecret !== undefined && type !== 'site' && type !== 'app')
  if (index === -1) return
  const message = `channels.${index}.jwtSecret stands at a channel of type ${channels[index]?.type}; only site and app have tokens of users.`
  throw new ProjectFileError(message, ...at(['channels', index, 'jwtSecret'], 'key'))
}

const isThere = (value: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce((part: unknown, step) => (typeof part === 'object' && part !== null ? (part as Record<PropertyKey, unknown>)[step] : undefined), value) !==
  undefined

const nameOf = (path: readonly PropertyKey[]) => path.map(String).join('.')

/** Where a value or its key stands, or the deepest part of its path that there is. */
const offsetOf = (root: ParsedNode | null, path: readonly PropertyKey[], what: 'key' | 'value'): number => {
  let node: ParsedNode | null = root
  let offset = root?.range[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => String(item.key) === String(step))
      if (pair === undefined) break
      node = pair.value as ParsedNode | null
      offset = (what === 'key' ? (pair.key as ParsedNode | null) : node)?.range[0] ?? offset
    } else if (isSeq(node)) {
      node = (node.items[Number(step)] as ParsedNode | undefined) ?? null
      offset = node?.range[0] ?? offset
    } else break
  }
  return offset
}

/** The keys that the contract has at a path. */
const keysAt = (path: readonly PropertyKey[]): string[] => {
  let schema: unknown = projectFile
  for (const step of path) {
    schema = inner(schema)
    if (schema instanceof z.ZodObject) schema = schema.shape[String(step)]
    else if (schema instanceof z.ZodArray) schema = schema.element
  }
  schema = inner(schema)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

const inner = (schema: unknown): unknown => (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? inner(schema.unwrap()) : schema)

const withVariables = (
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  missing: (message: string, path: readonly PropertyKey[]) => never,
  path: readonly PropertyKey[] = [],
): unknown => {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
      const found = env[name]
      return found === undefined || found === '' ? missing(`${nameOf(path)} needs the variable ${name}, which is not set.`, path) : found
    })
  }
  if (Array.isArray(value)) return value.map((part, index) => withVariables(part, env, missing, [...path, index]))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withVariables(part, env, missing, [...path, key])]))
  }
  return value
}
