import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { type BroughtFixture, brought } from '../src/commands/brought-fixtures.js'
import { legend, marks } from '../src/commands/field-table.js'
import type { DeliveryProfile } from '../src/contracts/account.js'
import type { Provenance } from '../src/contracts/evidence.js'
import { type Field, fieldsOf, unwrap } from '../src/contracts/paths.js'
import { type Contract, catalog } from '../src/contracts/webhooks/catalog.js'
import { crmWebhooks } from '../src/contracts/webhooks/crm.js'
import { defaultQuirks } from '../src/contracts/webhooks/default-quirks.js'
import { channelWebhooks, type WebhookName, webhookNames, webhooks } from '../src/contracts/webhooks/events.js'
import { type Occasion, occasions } from '../src/contracts/webhooks/occasions.js'
import { type Quirks, quirks } from '../src/contracts/webhooks/quirks.js'
import { replyContract, type VerdictReason } from '../src/contracts/webhooks/replies.js'
import { deliveryProfiles } from '../src/emulator/account.js'
import { shapeBody } from '../src/emulator/rules/quirks.js'

/** The reference of the Webhooks API, `docs/webhooks.md`, made of the contracts, the switches and the fixtures. */

/** A fixture with its text. */
export interface Example extends BroughtFixture {
  readonly text: string
}

/** What in the emulator makes it send an event by itself; the others are sent by hand. */
export const causes: Readonly<Partial<Record<WebhookName, string>>> = {
  call_event: 'a call begins at the console, and at each change of it',
  chat_accepted: 'Max takes the chat: by himself with `--agents auto`, at the console otherwise',
  chat_assigned: 'somebody presses the button of the CRM card at the console, with `--quirk edition=A`',
  chat_updated: 'the visitor fills the contact form, the page calls `setContactInfo` (that this counts is a guess), or contacts are edited at the console',
  client_updated: 'contacts are edited at the console outside of an accepted dialog, or the company, the category or the responsible agent is',
  client_attribute_updated: "the client's attributes are edited at the console; the widget's `setClientAttributes` does not count",
  chat_finished: 'somebody finishes the chat at the console',
  offline_message: 'the offline form of the widget is sent, with `--agents offline`',
  created_client: 'the first name, phone or e-mail address of a visitor becomes known (when a client comes to be is a guess)',
  updated_client: "the client's name or description changes, the category is taken away, or the tags change",
  updated_client_contacts: "the client's phone or e-mail address changes",
  changed_client_company: "the client's company is edited at the console",
  assigned_agent_to_client: "the client's responsible agent is edited at the console",
  assigned_status: "the client's category is edited at the console",
}

const categories: Readonly<Record<string, string>> = {
  crm_pipeline: 'Pipelines',
  crm_status: 'Categories of clients',
  crm_client_tag: 'Tags',
  crm_deal: 'Deals',
  crm_task: 'Tasks',
  crm_organization: 'Companies',
  crm_client: 'Clients',
}

const verdicts: Readonly<Record<VerdictReason, string>> = {
  status: 'the status is not from 200 to 299 (a guess: Jivo does not mention the status)',
  'too-long': 'the answer is longer than 1 MiB',
  'not-json': 'the body is not JSON',
  'no-result': 'the body is not an object with `result`',
  result: '`result` is not `"ok"`; case counts, and a Cyrillic look-alike is named',
  reply: 'the rest of the reply is not what its contract says',
}

const retries: Readonly<Record<DeliveryProfile['retryOn'], string>> = {
  trouble: 'no answer, 5xx, 429',
  'not-ok': 'everything that is not a good answer',
}

export const readExamples = async (root: string): Promise<Example[]> =>
  Promise.all((await brought(root)).map(async fixture => ({ ...fixture, text: await readFile(join(root, fixture.path), 'utf8') })))

export const webhooksPage = (examples: readonly Example[]): string => {
  const groups = crmGroups()
  const section = (name: WebhookName, level: string) => eventSection(name, examples, level)
  return `${[
    '<!-- Made by `npm run docs` from src/contracts and fixtures: edit those. -->',
    '# Webhooks',
    'Every body that Jivo sends to your server, every answer that it takes, and how sure each fact is. In the terminal the same is `jivo-dev schema`; `jivo-dev schema chat_accepted --json` is a JSON Schema.',
    contents(groups),
    '## How to read this',
    legendText(),
    '## Events of a channel',
    'They go to the address of `--webhook`, one HTTP `POST` each.',
    ...Object.keys(channelWebhooks).map(name => section(name as WebhookName, '###')),
    '## Events of the CRM',
    'They go to the address of `--crm-webhook`. A category (`event_type`) has several events (`event_name`). Ids are numbers, references are objects of one key, and switches are 1 or 0. What the emulator does not send by itself is sent by `jivo-dev trigger EVENT`, `jivo-dev replay`, or the console.',
    ...groups.flatMap(({ title, names }) => [`### ${title}`, ...names.map(name => section(name, '####'))]),
    '## Replies',
    'An answer is good when its status is 2xx and it is JSON with `"result": "ok"`. It is judged in this order; the first that is true is the verdict:',
    table(
      ['verdict', 'when'],
      Object.entries(verdicts).map(([reason, when]) => [code(reason), when]),
    ),
    ...catalog.filter(({ kind }) => kind === 'reply').map(replySection),
    '## Deliveries',
    'A delivery is a `POST` with `content-type: application/json; charset=utf-8`. Redirects are not followed. Those of one chat go out one after the other; those of different chats do not wait for each other. Jivo documents no timeout, no retry and no order of webhooks: all of this is **guessed**, and `--delivery-profile` chooses between guesses. A delivery may arrive twice, when the emulator was killed before it knew the outcome.',
    table(
      ['profile', 'sent again on', 'gives up after', 'pauses before the next attempts'],
      Object.values(deliveryProfiles).map(({ name, retryOn, timeout, pauses }) => [
        `${code(name)}${name === 'jivo' ? ' (default)' : ''}`,
        pauses.length === 0 ? 'nothing' : retries[retryOn],
        seconds(timeout),
        pauses.map(seconds).join(', ') || 'none',
      ]),
    ),
    '## Switches',
    `${sentence(summaryOf('quirks'))} Start the emulator with \`--quirk NAME=VALUE\`, as often as needed. The first value is the default, which is what most code in the wild was written against; the others are for testing a receiver against the rest. Each event above names the switches that change it.`,
    quirksTable(),
  ].join('\n\n')}\n`
}

const summaryOf = (name: string) => catalog.find(contract => contract.name === name)?.summary ?? ''

const categoryOf = (name: WebhookName) => {
  const field = fieldsOf(webhooks[name]).find(({ path }) => path === 'event_type')
  return field === undefined ? '' : (JSON.parse(field.type) as string)
}

/** CRM events by category, in the order of the contracts. */
const crmGroups = () => {
  const groups = new Map<string, WebhookName[]>()
  for (const name of Object.keys(crmWebhooks) as WebhookName[]) {
    const category = categoryOf(name)
    groups.set(category, [...(groups.get(category) ?? []), name])
  }
  return [...groups].map(([category, names]) => ({ title: titleOf(category), names }))
}

const titleOf = (category: string) => {
  const title = categories[category]
  if (title === undefined) throw new Error(`${category} has no title in scripts/webhooks-page.ts`)
  return `${title}: ${code(category)}`
}

const contents = (groups: ReturnType<typeof crmGroups>) =>
  [
    toHeading('How to read this'),
    toHeading('Events of a channel'),
    ...Object.keys(channelWebhooks).map(name => `  ${toEvent(name)}: ${prose(occasions[name as WebhookName].when)}`),
    toHeading('Events of the CRM'),
    ...groups.map(({ title, names }) => `  ${toHeading(title).slice(2)}: ${names.map(toEvent).join(', ')}`),
    toHeading('Replies'),
    ...catalog.filter(({ kind }) => kind === 'reply').map(({ name, summary }) => `  ${toEvent(name)}: ${prose(summary)}`),
    toHeading('Deliveries'),
    toHeading('Switches'),
  ]
    .map(line => (line.startsWith('  [') ? line.replace('  ', '  - ') : line))
    .join('\n')

const toHeading = (title: string) => `- [${title}](#${anchorOf(title)})`

const toEvent = (name: string) => `[${code(name)}](#${anchorOf(name)})`

/** The fragment that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-')

/** What the marks and the columns of `fieldTable` mean. */
export const bareLegend = () =>
  [
    ...legend.split(/ {3}/).map(mark => `- ${mark}`),
    '',
    'A path is dotted; `[]` stands for any position of a list. "Present" is said of the object that holds the field: where that is null or absent, so is the field.',
  ].join('\n')

const legendText = () =>
  `${bareLegend()} Editions of Jivo's documentation are A (until about 2018), B (about 2019 to 2022) and C (the current one); the switch \`edition\` chooses one.`

const eventSection = (name: WebhookName, examples: readonly Example[], level: string) => {
  const occasion = occasions[name]
  const twin = twinOf(name)
  const own = examples.filter(({ event }) => event === name)
  const touched = switchesOf(own)
  const scenes = own.filter(example => example.name !== name)
  return [
    `${level} ${code(name)}`,
    `${sentence(`sent when ${occasion.when}`)} ${markOf(occasion)} ${prose(occasion.source)}`,
    [
      `- Sent by the emulator ${causes[name] === undefined ? 'only by hand' : `when ${causes[name]}`}.`,
      `- Editions: ${occasion.editions}.`,
      `- Answer: ${answerOf(name, occasion)}.`,
      ...(touched.length === 0 ? [] : [`- [Switches](#switches) that change it: ${touched.map(code).join(', ')}.`]),
    ].join('\n'),
    twin === undefined ? fieldTable(fieldsOf(webhooks[name])) : `The fields are those of ${toEvent(twin)}, with its own \`event_name\`.`,
    ...own.filter(example => example.name === name).map(example),
    ...(scenes.length === 0
      ? []
      : [['Other cases:', '', ...scenes.map(({ name: scene, path, scene: about }) => `- [${code(scene)}](../${path}): ${prose(about)}`)].join('\n')]),
  ].join('\n\n')
}

const answerOf = (name: WebhookName, { reply }: Occasion) => {
  const contract = catalog.find(({ schema }) => schema === (replyContract(name) as z.ZodType))?.name ?? ''
  if (reply === 'data') return `${toEvent(contract)}, which is shown to the agent`
  return reply === 'result' ? toEvent(contract) : `none is documented; it is judged as ${toEvent(contract)}`
}

/** The first event with the same fields, its name aside. */
const twinOf = (name: WebhookName) => {
  const first = webhookNames.find(other => fieldsKey(other) === fieldsKey(name))
  return first === name ? undefined : first
}

const fieldsKey = (name: WebhookName) => JSON.stringify(fieldsOf(webhooks[name]).filter(({ path }) => path !== 'event_name'))

const example = ({ path, text }: Example) =>
  [`<details><summary>Example: <a href="../${path}"><code>${path}</code></a></summary>`, json(JSON.parse(text)), '</details>'].join('\n\n')

/** A value as a block of code. */
export const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``

const replySection = ({ name, summary, schema }: Contract) => {
  const isOpen = schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodUnknown
  return [
    `### ${code(name)}`,
    `${sentence(summary)}${isOpen ? ' Keys that Jivo does not know are let through and mean nothing.' : ''}`,
    fieldTable(fieldsOf(schema)),
  ].join('\n\n')
}

export const fieldTable = (fields: readonly Field[]) =>
  table(
    ['', 'field', 'type', 'present', 'meaning', 'source'],
    fields.map(field => [
      field.provenance === undefined ? '' : markOf(field.provenance),
      code(field.path),
      typeText(field.type),
      presence(field),
      prose(field.provenance?.description ?? ''),
      prose(field.provenance?.source ?? ''),
    ]),
  )

const markOf = ({ evidence }: Provenance) => marks[evidence]

const orNull = / or null$/

const typeText = (type: string) =>
  [...new Set(type.replace(orNull, '').split(' or '))].map(part => (/^["\d]/.test(part) || part === 'null' ? code(part) : part)).join(' or ')

const presence = ({ type, optional }: Field) => {
  if (orNull.test(type)) return optional ? 'may be null or absent' : 'may be null'
  return optional ? 'may be absent' : 'always'
}

/** Switches that make another body of at least one of the examples. */
const switchesOf = (examples: readonly Example[]): string[] => {
  const channel = { id: '3948', publicId: 'Kx3PzR81uQ' }
  const bodies = examples.map(({ text }) => JSON.parse(text) as Record<string, unknown>)
  const shaped = (body: Record<string, unknown>, changed: object) => JSON.stringify(shapeBody(body, { ...defaultQuirks, ...changed } as Quirks, channel))
  return Object.keys(defaultQuirks).filter(name =>
    bodies.some(body => valuesOf(name as keyof Quirks).some(value => shaped(body, { [name]: value }) !== shaped(body, {}))),
  )
}

/** The values of a switch, its default first. */
const valuesOf = (name: keyof Quirks): string[] => {
  const values = (unwrap(quirks.shape[name]) as z.ZodEnum).options as string[]
  return [defaultQuirks[name], ...values.filter(value => value !== defaultQuirks[name])]
}

const quirksTable = () =>
  table(
    ['', 'switch', 'values', 'why, and what they mean', 'source'],
    fieldsOf(quirks).map(({ path, provenance }) => [
      provenance === undefined ? '' : markOf(provenance),
      code(path),
      valuesOf(path as keyof Quirks)
        .map((value, at) => (at === 0 ? `**${code(value)}**` : code(value)))
        .join(', '),
      prose(provenance?.description ?? ''),
      prose(provenance?.source ?? ''),
    ]),
  )

export const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.map(cell => cell.replaceAll(/(?<!\\)\|/g, '\\|')).join(' | ')} |`).join('\n')

export const code = (text: string) => `\`${text}\``

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`

const sentence = (text: string) => `${prose(text.charAt(0).toUpperCase() + text.slice(1))}.`

/** Text of the contracts as Markdown: code spans stay, everything else means itself. */
export const prose = (text: string): string => {
  const parts = text.replaceAll(/\s+/g, ' ').split(/(`[^`]+`)/)
  return parts.map((part, at) => (at % 2 === 1 ? part : part.replaceAll(/[\\*`[\]|]/g, '\\$&').replaceAll('<', '&lt;'))).join('')
}
