import type { WatchOptions } from '../view/more.js'
import { isDue } from './automatic-actions.js'
import { hasInvited, noteInvited } from './invited.js'

/** Looks once a second whether an automatic action is due; each invites once a visit. Returns what ends it. */
export const watchActions = ({ session, openedAt, invite }: WatchOptions): (() => void) => {
  let scrolled = 0
  const look = () => {
    const { isOpen, mode, pages, actions, settings } = session()
    const { scrollY, innerHeight } = window
    const height = document.documentElement.scrollHeight
    scrolled = Math.max(scrolled, Math.min(100, Math.round(((scrollY + innerHeight) / Math.max(1, height)) * 100)))
    if (isOpen || mode === 'offline') return
    const moment = { seconds: (Date.now() - openedAt) / 1_000, scrolled, url: location.href, pages }
    const due = (actions ?? settings.actions).find(action => isDue(action, moment) && !hasInvited(action.invite.text))
    if (due === undefined) return
    noteInvited(due.invite.text)
    invite(due)
  }
  const timer = setInterval(look, 1_000)
  return () => clearInterval(timer)
}
