import { useEffect, useRef } from 'preact/hooks'
import { tellTyping } from '../api.js'

/** Milliseconds without a key after which an agent counts as not typing any more. */
const restsAfter = 4_000

/** Tells the visitor that the agent types: once when it begins, once when it ends. */
export const useTyping = (chat: number, agent: number | undefined): { readonly typed: (text: string) => void; readonly stop: () => void } => {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stop = () => {
    if (timer.current === undefined) return
    clearTimeout(timer.current)
    timer.current = undefined
    void tellTyping(chat, false, agent)
  }
  useEffect(() => stop, [chat])
  const typed = (text: string) => {
    if (text.trim() === '') return stop()
    if (timer.current === undefined) void tellTyping(chat, true, agent)
    clearTimeout(timer.current)
    timer.current = setTimeout(stop, restsAfter)
  }
  return { typed, stop }
}
