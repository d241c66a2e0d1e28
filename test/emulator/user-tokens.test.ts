import { expect, test } from 'vitest'
import { eventSchema } from '../../src/contracts/journal.js'
import { signToken } from '../../src/contracts/sign-token.js'
import { memoryStore } from '../../src/emulator/journal.js'
import { id, startEmulator, type TestPage, until } from '../helpers/emulator.js'

/** `setUserToken` on pages of one channel: whose conversation each shows. */

const secret = 'a-secret-of-thirty-two-letters-or-more'

const setUp = async (settings: Parameters<typeof startEmulator>[0] = {}) => {
  const emulator = await startEmulator({ jwtSecret: secret, mode: 'manual', ...settings })
  let calls = 0
  const browser = async (number: number) => {
    const page = emulator.connect({ page: id('p', number), key: id('k', number) })
    await page.wait('welcome')
    return page
  }
  /** Resolves when the call is in the journal. */
  const setToken = async (page: TestPage, token: unknown) => {
    calls += 1
    const wanted = calls
    page.say({ type: 'api', method: 'setUserToken', args: [token], result: { result: 'ok', token } })
    await until(async () => (await emulator.eventsOf('api.called')).length === wanted)
  }
  const logIn = async (page: TestPage, user: string) => setToken(page, await signToken({ id: user }, secret))
  const warnings = async () => (await emulator.eventsOf('warning.raised')).map(({ code, message }) => ({ code, message }))
  const texts = (page: TestPage) => {
    const last = page.frames.findLastIndex(({ type }) => type === 'welcome')
    const { messages } = page.frames[last] as { messages: { text: string }[] }
    const news = page.frames.slice(last).filter(({ type }) => type === 'message')
    return [...messages, ...news.map(({ message }) => message as { text: string })].map(({ text }) => text)
  }
  return { emulator, browser, setToken, logIn, warnings, texts }
}

test('two browsers with one id show one conversation, live, under one number', async () => {
  const { emulator, browser, logIn, texts, warnings } = await setUp()
  const [first, second] = [await browser(1), await browser(2)]
  await logIn(first, 'ada17')
  first.say({ type: 'write', id: id('m', 1), text: 'From the phone' })
  await first.wait('message')
  await logIn(second, 'ada17')
  expect(second.frames.findLast(({ type }) => type === 'welcome')).toMatchObject({ visitor: 3 })
  second.say({ type: 'write', id: id('m', 2), text: 'From the desk' })
  await first.wait('message', ({ message }) => (message as { text: string }).text === 'From the desk')
  expect(texts(first)).toEqual(['From the phone', 'From the desk'])
  expect(texts(second)).toEqual(['From the phone', 'From the desk'])
  expect(Object.keys(emulator.world.chats)).toHaveLength(1)
  expect(emulator.world.visitors[3]).toMatchObject({ identity: { id: 'ada17' }, tokenAs: 'shared', visits: 2 })
  expect(await warnings()).toEqual([])
  expect((await emulator.events()).flatMap(event => eventSchema.safeParse(event).error?.issues ?? [])).toEqual([])
})

test('another id is another client, and histories never meet', async () => {
  const { browser, logIn, texts } = await setUp()
  const page = await browser(1)
  await logIn(page, 'ada17')
  page.say({ type: 'write', id: id('m', 1), text: 'I am Ada' })
  await page.wait('message')
  await logIn(page, 'boris42')
  expect(texts(page)).toEqual([])
  page.say({ type: 'write', id: id('m', 2), text: 'I am Boris' })
  await until(() => texts(page).length === 1)
  await logIn(page, 'ada17')
  expect(texts(page)).toEqual(['I am Ada'])
})

test('what was said before the token stays with the browser, and the timeline says so', async () => {
  const { emulator, browser, logIn, texts, warnings } = await setUp()
  const page = await browser(1)
  page.say({ type: 'write', id: id('m', 1), text: 'Who am I?' })
  await page.wait('message')
  await logIn(page, 'ada17')
  expect(texts(page)).toEqual([])
  expect(emulator.world.visitors[1]?.chats).toEqual([9001])
  expect(await warnings()).toEqual([{ code: 'token-late', message: expect.stringContaining('set the token before the dialog') }])
})

test('webhooks carry the token as it was, and the journal never does', async () => {
  const { emulator, browser, setToken } = await setUp({ mode: 'auto' })
  const page = await browser(1)
  const token = await signToken({ id: 'ada17' }, secret)
  await setToken(page, token)
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await until(() => emulator.sent.length === 1)
  expect(JSON.parse(emulator.sent[0]?.body ?? '')).toMatchObject({ user_token: token, visitor: { number: '2', chats_count: 1 } })
  const written = JSON.stringify([await emulator.events(), emulator.world])
  expect(written).not.toContain(token)
  expect(written).not.toContain(secret)
})

test('a page that comes back after a restart is still its client', async () => {
  const store = memoryStore()
  const first = await setUp({ store })
  const page = await first.browser(1)
  await first.logIn(page, 'ada17')
  page.say({ type: 'write', id: id('m', 1), text: 'Hello' })
  await page.wait('message')
  const again = await startEmulator({ store, mode: 'manual' })
  const back = again.connect({ page: id('p', 1), key: id('k', 1), after: 1 })
  expect(await back.wait('welcome')).toMatchObject({ visitor: 2, messages: [{ text: 'Hello' }] })
})

test('without a secret a token is a text, and history stays in the browser', async () => {
  const { emulator, browser, setToken } = await setUp({ jwtSecret: null })
  const [first, second] = [await browser(1), await browser(2)]
  const token = await signToken({ id: 'ada17' }, secret)
  await setToken(first, token)
  await setToken(second, token)
  expect([emulator.world.pages[id('p', 1)]?.visitor, emulator.world.pages[id('p', 2)]?.visitor]).toEqual([1, 2])
  expect(emulator.world.visitors[1]).toMatchObject({ tokenAs: 'opaque', identity: null })
})

test("a bad token names nobody: the page is the browser's again, the token goes on to webhooks, and the reason is told", async () => {
  const { emulator, browser, logIn, setToken, warnings } = await setUp()
  const page = await browser(1)
  await logIn(page, 'ada17')
  await setToken(page, await signToken({ id: 'ada17' }, 'another-secret-of-more-than-32-letters'))
  expect(emulator.world.pages[id('p', 1)]?.visitor).toBe(1)
  expect(emulator.world.visitors[1]?.tokenAs).toBe('anonymous')
  expect(await warnings()).toHaveLength(1)
})

test('with --strict-tokens a bad token is not taken', async () => {
  const { emulator, browser, setToken, warnings } = await setUp({ hasStrictTokens: true })
  const page = await browser(1)
  await setToken(page, 'not-a-token')
  expect(emulator.world.visitors[1]?.token).toBeNull()
  expect(await warnings()).toEqual([{ code: expect.any(String), message: expect.stringContaining('The token was refused: --strict-tokens.') }])
})
