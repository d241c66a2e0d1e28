import type { World } from '../../emulator/world/world.js'
import { lastAt } from '../../reading/chat-groups.js'
import { sectionNames } from '../account/sections.js'
import { accountWords } from '../account/words.js'
import { channelOfVisitor, nameOf } from '../desk/visitor.js'
import type { IconName } from '../icons.js'
import { account, desk, type Place, timeline } from '../router.js'
import type { Lang } from '../settings.js'
import type { Words } from '../words.js'

/** Somewhere to go. */
export interface Target {
  readonly icon: IconName
  readonly label: string
  /** What tells it from others of the same name. */
  readonly note: string
  readonly place: Place
}

/** Most chats in the list. */
const mostChats = 6

/**
 * Where a text may lead, the likeliest first: an event by its number, chats by their number, or by what is known of the
 * visitor, places by their name, and always the timeline filtered by it.
 * Without a text: the chats that somebody wrote in last, and the places.
 */
export const jumpTargets = (text: string, world: World, words: Words, lang: Lang): Target[] => {
  const asked = text.trim().toLowerCase()
  const chats = chatsFor(asked, world, words)
  if (asked === '') return [...chats, ...placesFor('', words, lang).slice(0, 4)]
  const seq = Number(/^#?(\d{1,15})$/.exec(asked)?.[1] ?? 0)
  const event: Target[] = seq > 0 && seq <= world.seq ? [{ icon: 'timeline', label: words.eventTitle(seq), note: words.timeline, place: timeline(seq) }] : []
  const found: Target = { icon: 'funnel', label: words.jump.filter(text.trim()), note: words.timeline, place: timeline(null, text.trim()) }
  return [...event, ...chats, ...placesFor(asked, words, lang), found]
}

const chatsFor = (asked: string, world: World, words: Words): Target[] =>
  Object.values(world.chats)
    .filter(({ id, visitor }) => {
      const known = world.visitors[visitor]
      const texts = [`${id}`, nameOf(known, words), ...Object.values(known?.contacts ?? {}), known?.from?.id ?? '']
      return texts.some(one => String(one).toLowerCase().includes(asked))
    })
    .sort((a, b) => lastAt(b) - lastAt(a) || b.id - a.id)
    .slice(0, mostChats)
    .map(({ id, visitor }): Target => {
      const known = world.visitors[visitor]
      const from = known === undefined ? null : channelOfVisitor(world, known)
      return { icon: 'desk', label: nameOf(known, words), note: from === null ? words.chat(id) : `${words.chat(id)}, ${from}`, place: desk(id) }
    })

const placesFor = (asked: string, words: Words, lang: Lang): Target[] =>
  [
    { icon: 'desk' as const, label: words.desk, note: '', place: desk() },
    { icon: 'timeline' as const, label: words.timeline, note: '', place: timeline() },
    { icon: 'lanes' as const, label: words.views.lanes, note: words.timeline, place: timeline(null, '', 'lanes') },
    { icon: 'account' as const, label: words.account, note: '', place: account() },
    ...sectionNames.map(name => ({ icon: 'account' as const, label: accountWords(lang).sections[name], note: words.account, place: account(name) })),
  ].filter(({ label }) => label.toLowerCase().includes(asked))
