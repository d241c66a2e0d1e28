/** @jsxImportSource react */
import { Box, Static, Text, useInput, useStdout } from 'ink'
import { useRef, useState, useSyncExternalStore } from 'react'
import { completionsOf, type Offer } from '../chat/acts.js'
import { type Draft, edit, emptyDraft, letterAt } from '../chat/draft.js'
import { oneLine } from '../reporters/paint.js'
import { saidLines } from '../reporters/said-line.js'
import type { ChatModel, ChatView } from './chat-model.js'

export interface ChatScreenProps {
  readonly title: string
  readonly model: ChatModel
  readonly hasColors: boolean
  /** Does what a line says. Resolves with false when the line should be mended: it comes back into the composer. */
  readonly send: (line: string) => Promise<boolean>
  /** Hears of every change of what is typed. */
  readonly typed: (text: string) => void
  readonly hangUp: () => void
}

/** Characters that names take beside the messages; below `narrow` they stand above. */
const gutter = 14
const narrow = 60

const personColors = { visitor: 'cyan', agent: 'blue', bot: 'magenta' } as const

/** A chat at the bottom of the terminal. What was said is printed above and scrolls as anything does. */
export const ChatScreen = ({ title, model, hasColors, send, typed, hangUp }: ChatScreenProps) => {
  const view = useSyncExternalStore(model.subscribe, model.view)
  const { typist, offer, isConnected } = view
  const { draft, chosen } = useComposer({ offer, send, typed, hangUp })
  const tint = (color: string) => (hasColors ? { color } : {})
  return (
    <>
      <Static items={[title, ...view.lines]}>
        {(line, at) => (typeof line === 'string' ? <Text key={at} bold={true}>{`${line}\n`}</Text> : <Line key={at} line={line} hasColors={hasColors} />)}
      </Static>
      <Box flexDirection="column" marginTop={1}>
        {/* Its place is kept, so that the composer does not jump. */}
        <Text {...tint('blue')}>{typist === null ? ' ' : `${oneLine(typist)} is typing…`}</Text>
        {offer !== null && <Buttons offer={offer} chosen={chosen} />}
        <Composer draft={draft} />
        <Hint view={view} draft={draft} tint={tint} />
        {!isConnected && <Text {...tint('yellow')}>No connection, trying every 2 s</Text>}
      </Box>
    </>
  )
}

const Line = ({ line, hasColors }: { readonly line: ChatView['lines'][number]; readonly hasColors: boolean }) => {
  const { stdout } = useStdout()
  if (line.kind === 'note') return <Text {...(hasColors ? { color: 'gray' } : {})}>{`- ${oneLine(line.text)}`}</Text>
  const isNarrow = stdout.columns < narrow
  return (
    <Box flexDirection={isNarrow ? 'column' : 'row'} {...(stdout.columns > 0 ? { width: stdout.columns } : {})}>
      <Box width={isNarrow ? '100%' : gutter} flexShrink={0}>
        <Text wrap="truncate" bold={true} {...(hasColors ? { color: personColors[line.by] } : {})}>
          {oneLine(line.name)}
        </Text>
      </Box>
      <Box flexGrow={1} flexShrink={1}>
        <Text>{saidLines(line)}</Text>
      </Box>
    </Box>
  )
}

const Buttons = ({ offer, chosen }: { readonly offer: Offer; readonly chosen: number | null }) => (
  <Box flexWrap="wrap" columnGap={2}>
    {offer.buttons.map(({ id, text }, at) => (
      <Text key={`${at} ${id}`} inverse={at === chosen}>
        {`[${at + 1}] ${oneLine(text)}`}
      </Text>
    ))}
  </Box>
)

const Composer = ({ draft }: { readonly draft: Draft }) => {
  const { text, cursor } = draft
  const letter = letterAt(draft)
  const isOnText = letter !== '' && letter !== '\n'
  return (
    <Box>
      <Text>{'> '}</Text>
      <Text>
        {shown(text.slice(0, cursor))}
        <Text inverse={true}>{isOnText ? shown(letter) : ' '}</Text>
        {shown(isOnText ? text.slice(cursor + letter.length) : text.slice(cursor))}
      </Text>
    </Box>
  )
}

/** A tab would move the terminal's cursor to where nobody counts it. */
const shown = (text: string) => text.replaceAll('\t', '  ')

interface HintProps {
  readonly view: ChatView
  readonly draft: Draft
  readonly tint: (color: string) => { color?: string }
}

const Hint = ({ view: { problem, offer }, draft: { text }, tint }: HintProps) => {
  const completions = completionsOf(text)
  if (completions.length > 0) {
    return (
      <Box flexDirection="column">
        {completions.map(({ name, takes, about }) => (
          <Text key={name} wrap="truncate" {...tint('gray')}>
            {`  ${`/${name} ${takes}`.padEnd(gutter + 2)}${about}`}
          </Text>
        ))}
      </Box>
    )
  }
  if (problem !== null) {
    return (
      <Box flexDirection="column" paddingLeft={2}>
        <Text {...tint('red')}>{oneLine(problem.problem)}</Text>
        {problem.hint !== '' && <Text {...tint('gray')}>{oneLine(problem.hint)}</Text>}
      </Box>
    )
  }
  const keys = offer !== null && text === '' ? '1-9 or arrows press a button  ' : ''
  return <Text wrap="truncate" {...tint('gray')}>{`  ${keys}enter sends  / commands  ctrl-c closes`}</Text>
}

interface Choice {
  readonly message: string
  /** Place of the button in that message, from 0. */
  readonly at: number
}

/** What the keys do: they edit, choose a button while nothing is typed, send, and hang up. */
const useComposer = ({ offer, send, typed, hangUp }: Pick<ChatScreenProps, 'send' | 'typed' | 'hangUp'> & { readonly offer: Offer | null }) => {
  const [draft, draw] = useState(emptyDraft)
  const [choice, drawChoice] = useState<Choice | null>(null)
  // Several keys may come before the next picture.
  const current = useRef(emptyDraft)
  const currentChoice = useRef<Choice | null>(null)
  const chosenOf = (made: Choice | null) => (offer !== null && made?.message === offer.message ? made.at : null)

  const choose = (next: Choice | null) => {
    currentChoice.current = next
    drawChoice(next)
  }

  const set = (next: Draft) => {
    current.current = next
    draw(next)
  }

  const put = (next: Draft) => {
    if (next.text !== current.current.text) typed(next.text)
    set(next)
  }

  const sendLine = async (line: string) => {
    set(emptyDraft)
    choose(null)
    const isGone = await send(line)
    if (!isGone && current.current.text === '') set({ ...emptyDraft, text: line, cursor: line.length })
  }

  useInput((input, key) => {
    const { text, isPasting } = current.current
    const isEmpty = text === '' && !isPasting
    if (key.ctrl && (input === 'c' || (input === 'd' && isEmpty))) return hangUp()
    if (isEmpty && offer !== null) {
      const { message, buttons } = offer
      const chosen = chosenOf(currentChoice.current)
      const step = key.rightArrow || key.downArrow ? 1 : key.leftArrow || key.upArrow ? -1 : 0
      if (step !== 0) return choose({ message, at: ((chosen ?? (step === 1 ? -1 : 0)) + step + buttons.length) % buttons.length })
      const number = key.return && chosen !== null ? chosen + 1 : /^[1-9]$/.test(input) ? Number(input) : 0
      if (number > 0 && number <= buttons.length) return void sendLine(`/button ${number}`)
    }
    const [completion] = completionsOf(text)
    if (key.tab && !isPasting && completion !== undefined) {
      const completed = `/${completion.name}${completion.takes === '' ? '' : ' '}`
      return put({ ...emptyDraft, text: completed, cursor: completed.length })
    }
    const { draft: next, isSent } = edit(current.current, { input, key })
    if (isSent) return void sendLine(next.text)
    put(next)
  })

  return { draft, chosen: chosenOf(choice) }
}
