import type { Hono } from 'hono'
import { comeClient, leaveAsClient, rateAsClient, typeAsClient, writeAsClient } from '../../contracts/control.js'
import { channelNamed } from '../account.js'
import { keyOf } from '../rules/messengers.js'
import { numberIn, readBody, route } from './answers.js'
import type { ControlDeps } from './control.js'

/** The routes that play a client of any channel: for `jivo-dev chat`, and for whoever drives a conversation from outside. */
export const clientRoutes = (app: Hono, { world, dispatch, randomId }: Pick<ControlDeps, 'world' | 'dispatch' | 'randomId'>): void => {
  route(app, '/_dev/channels/:channel/clients', {
    POST: async c => {
      const { id, page, ...contacts } = await readBody(c, comeClient)
      const name = c.req.param('channel') ?? ''
      const events = await dispatch({ type: 'client.come', channel: name, id, contacts, page })
      return c.json({ ...whoIs(name, id), events })
    },
  })

  route(app, '/_dev/visitors/:visitor/messages', {
    POST: async c => {
      const { id = randomId('m'), ...message } = await readBody(c, writeAsClient)
      return c.json({ events: await dispatch({ type: 'client.write', visitor: numberIn(c, 'visitor'), id, ...message }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/typing', {
    POST: async c => {
      const { text } = await readBody(c, typeAsClient)
      return c.json({ events: await dispatch({ type: 'client.type', visitor: numberIn(c, 'visitor'), text }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/rating', {
    POST: async c => {
      const { rate } = await readBody(c, rateAsClient)
      return c.json({ events: await dispatch({ type: 'client.rate', visitor: numberIn(c, 'visitor'), rate }) })
    },
  })

  route(app, '/_dev/visitors/:visitor/leave', {
    POST: async c => {
      await readBody(c, leaveAsClient)
      return c.json({ events: await dispatch({ type: 'client.leave', visitor: numberIn(c, 'visitor') }) })
    },
  })

  const whoIs = (name: string, id: string) => {
    const channel = channelNamed(world.account?.channels ?? [], name)
    return { visitor: channel === undefined ? undefined : world.visitorKeys[keyOf(channel, id)], channel: channel?.publicId }
  }
}
