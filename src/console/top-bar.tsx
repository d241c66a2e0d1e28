import { capped, shortUrl } from '../reading/format.js'
import { useApp } from './app-context.js'
import { unreadTotal } from './desk/seen.js'
import { Icon } from './icons.js'
import { account, desk, hashOf, type Place, timeline } from './router.js'
import type { Theme } from './settings.js'

const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** A place of the console, or the playground, which is a page of its own: the widget runs on it. */
type Where = Place | { readonly name: 'playground' }

interface Props {
  readonly place: Where
  readonly openHelp?: () => void
  readonly openJump?: () => void
}

/** Without `openHelp` there are neither keys nor the dialog that fires webhooks: those belong to the console. */
export const TopBar = ({ place, openHelp, openJump }: Props) => {
  const { words, settings, change, openFire } = useApp()
  return (
    <header class="top">
      <a class="brand" href={hrefOf(place, desk())}>
        <Icon name="brand" />
        jivo-dev
      </a>
      <h1 class="vh">{words[place.name]}</h1>
      <nav class="tabs" aria-label={words.places}>
        <Tabs place={place} />
      </nav>
      <span class="grow" />
      {openJump !== undefined && (
        <button class="btn sm quiet jump-b no-phone" type="button" onClick={openJump}>
          <Icon name="search" class="s" />
          <span class="words">{words.jump.hint}</span> {place.name !== 'timeline' && <kbd>/</kbd>}
        </button>
      )}
      <Health place={place} />
      {openHelp !== undefined && (
        <button class="btn sm fire-b" type="button" title={words.fire.title} onClick={() => openFire()}>
          <Icon name="plane" class="s" />
          <span class="words">{words.fire.button}</span> <kbd>f</kbd>
        </button>
      )}
      <button class="btn quiet ico lang" type="button" title={words.language} onClick={() => change({ lang: settings.lang === 'ru' ? 'en' : 'ru' })}>
        {settings.lang.toUpperCase()}
        <span class="vh">, {words.language}</span>
      </button>
      <button
        class="btn quiet ico"
        type="button"
        aria-label={words.theme[settings.theme]}
        title={words.theme[settings.theme]}
        onClick={() => change({ theme: nextTheme[settings.theme] })}
      >
        <Icon name={settings.theme} />
      </button>
      {openHelp !== undefined && (
        <button class="btn quiet ico no-phone" type="button" aria-label={words.help} title={words.help} onClick={openHelp}>
          <Icon name="help" />
        </button>
      )}
    </header>
  )
}

/** The same tabs at the bottom of a phone. */
export const TabBar = ({ place }: { readonly place: Where }) => {
  const { words } = useApp()
  return (
    <nav class="tabbar" aria-label={words.places}>
      <Tabs place={place} />
    </nav>
  )
}

/** From another page than the console the way leads through its address. */
const hrefOf = (place: Where, to: Place) => `${place.name === 'playground' ? '/console' : ''}${hashOf(to)}`

const Tabs = ({ place }: { readonly place: Where }) => {
  const { store, words } = useApp()
  const unread = unreadTotal(store.world, place.name === 'desk' ? place.chat : null)
  const current = (name: Where['name']) => (place.name === name ? 'page' : undefined)
  return (
    <>
      <a href={hrefOf(place, desk())} aria-current={current('desk')}>
        <Icon name="desk" />
        {words.desk}
        {unread > 0 && (
          <span class="count hot">
            {capped(unread)}
            <span class="vh"> {words.unread(unread)}</span>
          </span>
        )}
      </a>
      <a href={hrefOf(place, timeline())} aria-current={current('timeline')}>
        <Icon name="timeline" />
        {words.timeline}
      </a>
      <a href={hrefOf(place, account())} aria-current={current('account')}>
        <Icon name="account" />
        {words.account}
      </a>
      <a href="/playground" aria-current={current('playground')}>
        <Icon name="play" />
        {words.playground}
      </a>
    </>
  )
}

/** Where webhooks go and how that goes; leads to the deliveries. */
const Health = ({ place }: { readonly place: Where }) => {
  const { store, words } = useApp()
  const { world, history } = store
  const address = world.account?.channels.find(({ webhook }) => webhook !== null)?.webhook ?? null
  const { done, failed } = world.tally
  const pending = Object.keys(world.deliveries).length
  // The newest result says how it stands now; the numbers say how it went so far.
  const pip = pending > 0 ? 'pending' : history.lastEnded === undefined ? 'off' : history.lastEnded.type === 'delivery.done' ? 'ok' : 'fail'
  if (store.link === 'loading') return null
  return (
    <a class="health" href={hrefOf(place, timeline(null, 'type:delivery'))} title={words.receiver}>
      <i class={`pip ${address === null && history.lastEnded === undefined ? 'off' : pip}`} />
      {address === null ? <span>{words.noReceiver}</span> : <span class="mono">{shortUrl(address)}</span>}
      {done + failed > 0 && <span class="no-phone ok-t num">{words.ok(done)}</span>}
      {failed > 0 && <b class="no-phone fail-t num">{words.failing(failed)}</b>}
      {pending > 0 && <span class="no-phone pending-t num">{words.pending(pending)}</span>}
    </a>
  )
}
