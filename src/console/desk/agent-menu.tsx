import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { AccountAgent } from '../../contracts/account.js'
import { Icon, type IconName } from '../icons.js'
import { useKeys } from '../keys.js'

interface Props {
  readonly icon: IconName
  readonly label: string
  /** What the menu is for, to those who do not see where it stands. */
  readonly title: string
  /** The letter that opens it. */
  readonly letter?: string
  readonly agents: readonly AccountAgent[]
  readonly choose: (agent: number) => void
}

/** A button with a menu of agents. The focus goes into the menu and comes back. */
export const AgentMenu = ({ icon, label, title, letter, agents, choose }: Props) => {
  const [isOpen, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  // At once: the next key may be an arrow already.
  useLayoutEffect(() => {
    if (isOpen) items()[0]?.focus()
  }, [isOpen])
  const none: Record<string, () => void> = {}
  useKeys(letter === undefined ? none : { [letter]: () => setOpen(true) })
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  const move = (to: (at: number, length: number) => number) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    all[(to(at, all.length) + all.length) % all.length]?.focus()
  }
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(at => at + 1),
    ArrowUp: () => move(at => at - 1),
    Home: () => move(() => 0),
    End: () => move((_, length) => length - 1),
    Escape: close,
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears of keys and of the focus of what is inside
    <div
      class="menu-of"
      onKeyDown={event => {
        const action = isOpen ? moves[event.key] : undefined
        if (action === undefined) return
        event.preventDefault()
        action()
      }}
      onFocusOut={event => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOpen(false)
      }}
    >
      <button
        class="btn quiet sm"
        type="button"
        ref={opener}
        aria-label={title}
        title={title}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} class="s" />
        <span class="no-phone">{label}</span>
      </button>
      {isOpen && (
        <div class="menu" role="menu" aria-label={title} ref={menu}>
          {agents.map(({ id, name, department }) => (
            <button
              class="menu-item"
              type="button"
              role="menuitem"
              tabIndex={-1}
              key={id}
              onClick={() => {
                close()
                choose(id)
              }}
            >
              {name} {department !== undefined && <span class="t3">{department}</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
