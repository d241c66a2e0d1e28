import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Card } from '../../contracts/journal.js'
import type { Chat, Visitor } from '../../emulator/world/world.js'
import { shortUrl } from '../../reading/format.js'
import { assignChat, type Failure } from '../api.js'
import { useApp } from '../app-context.js'
import { Icon } from '../icons.js'
import { Rich } from '../rich.js'
import { desk, hashOf, timeline } from '../router.js'
import { AttributesSection } from './attributes-section.js'
import { CallsSection } from './calls-section.js'
import { ClientSection } from './client-section.js'
import { ContactsForm } from './contacts-form.js'
import { Opener } from './edit-form.js'
import { FailureNote } from './failure-note.js'
import { Invite, isOnSite } from './invite.js'
import { NotesSection } from './notes-section.js'
import { browserOf, channelOfVisitor, initials, nameOf, sourceOf, webAddress } from './visitor.js'

/** All that the agent sees about the visitor, and where it came from. */
export const VisitorCard = ({ visitor, chat }: { readonly visitor: Visitor; readonly chat: Chat | undefined }) => {
  const { store, words } = useApp()
  const { world } = store
  const { contacts, token, tokenAs, card, lastPage } = visitor
  const [isEdited, setEdited] = useState(false)
  const name = nameOf(visitor, words)
  const own = Object.values(world.pages).findLast(page => page.visitor === visitor.number)
  const page = card.page ?? (own === undefined ? lastPage : { url: own.url, title: own.title })
  const place = world.account?.place
  const rows: [string, string | null][] = [
    [words.channel, channelOfVisitor(world, visitor)],
    [words.name, contacts.name],
    [words.phone, contacts.phone],
    [words.email, contacts.email],
    [words.about, contacts.description],
  ]
  const given = rows.filter(([, value]) => value !== null && value !== '')
  return (
    <aside class="pane card" aria-label={words.visitorDetails}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section class="scroll" tabIndex={0} aria-label={words.card}>
        <div class="card-top">
          <a class="btn quiet ico to-card" href={hashOf(desk(chat?.id ?? null))} aria-label={words.backToChat}>
            <Icon name="left" />
          </a>
          <span class="ava" aria-hidden="true">
            {initials(name)}
          </span>
          <div class="grow">
            <h2 class="cut">{name}</h2>
            <p class="t3">
              {contacts.name ? `${words.visitor(visitor.number)} · ` : ''}
              {words.chatsSoFar(visitor.chats.length)}
            </p>
          </div>
          <Opener id="edit-contacts" label={words.edit.contacts} isOpen={isEdited} toggle={() => setEdited(!isEdited)} />
        </div>
        <div class="sec first">
          {isEdited ? (
            <ContactsForm visitor={visitor} opener="edit-contacts" close={() => setEdited(false)} />
          ) : given.length === 0 && token === null ? (
            <p class="t3">
              <Rich text={words.noContacts} />
            </p>
          ) : (
            <dl class="kv">
              {given.map(([label, value]) => (
                <Pair key={label} label={label}>
                  {value}
                </Pair>
              ))}
              {token !== null && (
                <Pair label={words.token}>
                  <code>{token}</code>
                  {tokenAs !== null && <p class="t3">{words.tokenAs[tokenAs]}</p>}
                </Pair>
              )}
            </dl>
          )}
        </div>
        <NotesSection visitor={visitor} />
        <CustomData visitor={visitor} chat={chat} />
        <ClientSection visitor={visitor} />
        <AttributesSection visitor={visitor} />
        <Section
          title={card.page === undefined ? words.page : words.pageFromWebhook}
          source={card.page === undefined ? null : <Source visitor={visitor} part="page" />}
        >
          {page === null ? (
            <p class="t3">{words.noPage}</p>
          ) : (
            <>
              {page.title && <p class="page-title">{page.title}</p>}
              <SafeLink address={page.url} text={shortUrl(page.url)} />
              {isOnSite(world, visitor.number) && (chat === undefined || chat.status === 'finished') && <Invite visitor={visitor} />}
            </>
          )}
        </Section>
        <Section title={words.firstVisit}>
          <dl class="kv">
            <Pair label={words.utm}>
              {visitor.utm === null ? (
                words.direct
              ) : (
                <code>
                  {Object.entries(visitor.utm)
                    .map(([key, value]) => `${key}=${value}`)
                    .join(' ')}
                </code>
              )}
            </Pair>
            {place !== undefined && (
              <Pair label={words.place}>
                {[place.geoip.city, place.geoip.country].filter(Boolean).join(', ')} · <span class="num">{place.ip}</span>
              </Pair>
            )}
            {lastPage !== null && (
              <Pair label={words.browser}>
                <span title={lastPage.userAgent}>{browserOf(lastPage.userAgent)}</span>
              </Pair>
            )}
          </dl>
        </Section>
        <CallsSection visitor={visitor} />
      </section>
    </aside>
  )
}

const CustomData = ({ visitor, chat }: { readonly visitor: Visitor; readonly chat: Chat | undefined }) => {
  const { words } = useApp()
  const { customData = [], crmLink, enableAssign } = visitor.card
  const part = customData.length > 0 ? 'customData' : crmLink !== undefined ? 'crmLink' : 'enableAssign'
  const crm = webAddress(crmLink)
  return (
    <Section title={words.customData} source={<Source visitor={visitor} part={part} />}>
      {customData.length === 0 && crmLink === undefined && !enableAssign && (
        <p class="t3">
          <Rich text={words.noCustomData} />
        </p>
      )}
      {customData.length > 0 && (
        <ul class="fields">
          {customData.map(({ title, key, content, link }, at) => (
            <li key={at}>
              {title !== undefined && title !== '' && <span class="t3">{title}</span>}
              <span>
                {key !== undefined && key !== '' && <b>{key}: </b>}
                {link === undefined || link === '' ? content : <SafeLink address={link} text={content || link} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {(crmLink !== undefined || enableAssign) && (
        <div class="crm">
          {crm !== null && (
            <a class="btn sm" href={crm} target="_blank" rel="noreferrer">
              <Icon name="out" class="s" />
              {words.openInCrm}
            </a>
          )}
          {crmLink !== undefined && crm === null && (
            <span>
              <code>{crmLink}</code> <span class="tag pending">{words.badLink}</span>
            </span>
          )}
          {enableAssign &&
            (crmLink !== undefined && chat !== undefined && chat.status !== 'finished' ? (
              <Assign chat={chat} />
            ) : (
              <span class="tag">
                <Icon name="link" class="xs" />
                {words.assign}
              </span>
            ))}
        </div>
      )}
    </Section>
  )
}

/** Binds the chat to the CRM card; once it is bound, says where. */
const Assign = ({ chat }: { readonly chat: Chat }) => {
  const { store, words } = useApp()
  const [failure, setFailure] = useState<Failure | null>(null)
  const bound = store.history.ofChat(chat.id).findLast(({ type }) => type === 'chat.assigned')
  return (
    <>
      <button class="btn sm" type="button" title={words.edit.followsAssign.replaceAll('`', '')} onClick={() => void assignChat(chat.id).then(setFailure)}>
        <Icon name="link" class="s" />
        {words.assignButton}
      </button>
      {bound !== undefined && (
        <span class="ok-t">
          {words.assigned} <a href={hashOf(timeline(bound.seq))}>#{bound.seq}</a>
        </span>
      )}
      {failure !== null && <FailureNote failure={failure} dismiss={() => setFailure(null)} />}
    </>
  )
}

/** Where a part of the card came from: the webhook whose answer it was in, or the page. */
const Source = ({ visitor, part }: { readonly visitor: Visitor; readonly part: keyof Card }) => {
  const { store, words } = useApp()
  const event = sourceOf(store.history.ofCard(visitor.number), part)
  if (event === undefined) return null
  const seq = event.via === 'webhook' ? (event.cause ?? event.seq) : event.seq
  return (
    <a class="src" href={hashOf(timeline(seq))}>
      {event.via === 'webhook' ? words.fromWebhook(seq) : words.fromPage(seq)}
    </a>
  )
}

const SafeLink = ({ address, text }: { readonly address: string; readonly text: string }) => {
  const { words } = useApp()
  const href = webAddress(address)
  if (href === null) {
    return (
      <>
        {text} <span class="tag pending">{words.badLink}</span>
      </>
    )
  }
  return (
    <a href={href} target="_blank" rel="noreferrer" title={href}>
      {text} <Icon name="out" class="xs" />
    </a>
  )
}

const Section = ({ title, source, children }: { readonly title: string; readonly source?: ComponentChildren; readonly children: ComponentChildren }) => (
  <div class="sec">
    <h3>
      {title}
      {source}
    </h3>
    {children}
  </div>
)

const Pair = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </>
)
