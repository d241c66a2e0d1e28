import type { Fact } from '../../contracts/journal.js'
import type { Page, World } from '../world/world.js'
import { Refusal, type Theme } from './rule.js'

/** Pages that come and go, and the visitors behind them. */
export const pages: Theme = {
  decide: {
    'page.open': (world, { type: _, key, utm, channel: widgetId, ...page }) => {
      // The same page after a lost connection.
      if (world.pages[page.page] !== undefined) return []
      const channels = world.account?.channels ?? []
      const own = channels.find(({ publicId }) => publicId === widgetId)
      // A site with the snippet of a live account works as it is: its widget id stands for the first channel here.
      const channel = (own ?? channels[0])?.publicId
      if (channel === undefined) throw new Refusal(404, 'no-channel', 'This account has no channel, so no widget can open.', 'channel')
      const known = world.visitorKeys[key]
      // It was loaded before: what it has told of itself since then still holds.
      if (known !== undefined && world.away[page.page]?.own === known) {
        return [{ type: 'page.returned', page: page.page, visitor: world.away[page.page]?.visitor ?? known }]
      }
      const visitor = known ?? world.next.visitor
      const facts: Fact[] = [{ type: 'page.opened', visitor, channel, ...page }]
      if (known === undefined) facts.unshift({ type: 'visitor.appeared', visitor, key, ...(utm === undefined ? {} : { utm }) })
      if (own === undefined) facts.push(foreignWidgetId(page.page, visitor, widgetId, channel))
      return facts
    },

    'page.close': (world, { page }) => (world.pages[page] === undefined ? [] : [{ type: 'page.closed', page }]),

    'page.state': (world, { page, from, to }) => [{ type: 'widget.changed', page, visitor: pageOf(world, page).visitor, from, to }],
  },
}

/** The open page with this id, or a refusal. */
export const pageOf = (world: World, id: string): Page => {
  const page = world.pages[id]
  if (page === undefined) throw new Refusal(404, 'no-page', `No open page has the id ${id}.`, 'page')
  return page
}

/** The open pages of a visitor, oldest first. */
export const pagesOf = (world: World, visitor: number): Page[] => Object.values(world.pages).filter(page => page.visitor === visitor)

const foreignWidgetId = (page: string, visitor: number, widgetId: string, channel: string): Fact => ({
  type: 'warning.raised',
  code: 'foreign-widget-id',
  message: `The page asks for widget ${widgetId}, which this account does not have; it got ${channel} instead.`,
  page,
  visitor,
})
