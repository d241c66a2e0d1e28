import { madeUpToken } from '../emulator/account.js'
import { createSecretStore } from '../emulator/secrets.js'
import type { World } from '../emulator/world/world.js'
import type { Variable } from '../transports/intercept/child-environment.js'

/** The token of a bot, of which the account keeps a mask: one of those that are known, or the one that its seed makes up. */
export const tokenOf = (mask: string, seed: number, nth: number, known: readonly string[] = []): string | undefined =>
  [...known, madeUpToken(seed, nth)].find(token => createSecretStore().hide(token) === mask)

/** Where an emulator is, for programs whose addresses are settings. */
export const addressVariables = (url: string, { account, seed }: Readonly<World>, botToken: string | undefined): Variable[] => {
  const [bot] = account?.bots ?? []
  const token = bot === undefined ? undefined : tokenOf(bot.token, seed, 0, botToken === undefined ? [] : [botToken])
  const chat = account?.channels.find(({ api }) => api !== null)
  const [site] = account?.channels ?? []
  return [
    { name: 'JIVO_DEV_URL', value: url, why: "the emulator, in place of any of Jivo's hosts; other jivo-dev commands find it by this" },
    ...(bot === undefined || token === undefined
      ? []
      : [{ name: 'JIVO_DEV_BOT_URL', value: `${url}webhooks/${bot.providerId}/${token}`, why: 'where the first bot writes to' }]),
    ...(chat === undefined
      ? []
      : [{ name: 'JIVO_DEV_CHAT_URL', value: `${url}chat/${chat.publicId}`, why: 'where the first channel of the Chat API writes to' }]),
    ...(site === undefined ? [] : [{ name: 'JIVO_DEV_WIDGET_URL', value: `${url}widget/${site.publicId}`, why: 'the script of the widget' }]),
  ]
}
