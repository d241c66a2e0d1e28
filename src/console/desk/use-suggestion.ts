import { useState } from 'preact/hooks'
import { askSuggestion, type Failure } from '../api.js'

interface Suggestion {
  /** What the assistant said last, until it is taken or dismissed. */
  readonly text: string | null
  readonly isAsked: boolean
  readonly ask: () => void
  readonly dismiss: () => void
}

/** The assistant's answer for one chat. */
export const useSuggestion = (chat: number, fail: (failure: Failure | null) => void): Suggestion => {
  const [text, setText] = useState<string | null>(null)
  const [isAsked, setAsked] = useState(false)
  const ask = async () => {
    setText(null)
    setAsked(true)
    const answer = await askSuggestion(chat)
    setAsked(false)
    fail('failure' in answer ? answer.failure : null)
    if ('text' in answer) setText(answer.text)
  }
  return {
    text,
    isAsked,
    ask: () => {
      if (!isAsked) void ask()
    },
    dismiss: () => setText(null),
  }
}
