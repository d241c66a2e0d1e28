import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signToken } from '../../src/contracts/sign-token.js'
import { complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { startReceiver } from '../helpers/receiver.js'
import { openStage, type Stage, type Visit } from '../helpers/stage.js'

/** `setUserToken` in two browsers of real Chromium. */

const secret = 'a-secret-of-thirty-two-letters-or-more'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const openShop = (args: readonly string[] = []): Promise<Stage> => openStage(browser, ['--agents', 'manual', '--jwt-secret', secret, ...args])
const tokenOf = (id: string) => signToken({ id }, secret)

/** As sites do it: the token is there before the widget, and set when it has loaded. */
const visitWith = async (stage: Stage, token: string, context?: Visit['context']) => {
  const before = `window.own = window.jivo_onLoadCallback; window.jivo_onLoadCallback = () => { own(); jivo_api.setUserToken(${JSON.stringify(token)}) }`
  const visit = await stage.visit({ before, ...(context === undefined ? {} : { context }) })
  await visit.page.waitForFunction(() => window.jivo_api !== undefined)
  await visit.call('open')
  return { ...visit, window: visit.page.getByRole('dialog', { name: 'Chat' }) }
}

const write = async (visit: { page: Visit['page'] }, text: string) => {
  await visit.page.getByRole('textbox', { name: 'Write a message' }).fill(text)
  await visit.page.keyboard.press('Enter')
}

const visitorOf = async ({ page }: { page: Visit['page'] }) =>
  page.evaluate(
    () =>
      new Promise<number>(resolve =>
        (window.jivo_api as unknown as { getVisitorNumber: (tell: (error: unknown, number: number) => void) => void }).getVisitorNumber((_, number) =>
          resolve(number),
        ),
      ),
  )

declare global {
  interface Window {
    jivo_api?: Record<string, (...args: unknown[]) => unknown>
  }
}

test('two browsers with one id see one conversation as it happens, and a third with another id sees none of it', async () => {
  await using stage = await openShop()
  const [phone, computer, other] = [
    await visitWith(stage, await tokenOf('ada17')),
    await visitWith(stage, await tokenOf('ada17')),
    await visitWith(stage, await tokenOf('boris42')),
  ]
  const complaints = [phone, computer, other].map(({ page }) => complaintsOf(page))
  await write(phone, 'From the phone')
  await computer.window.getByText('From the phone').waitFor()
  await write(computer, 'From the computer')
  await phone.window.getByText('From the computer').waitFor()
  await stage.ask('chats/9001/messages', { text: 'To both' })
  for (const { window } of [phone, computer]) await window.getByText('To both').waitFor()
  expect(await other.window.getByRole('log').textContent()).not.toMatch(/phone|computer|both/)
  expect(await visitorOf(phone)).toBe(await visitorOf(computer))
  const { chats, visitors } = await stage.world()
  expect(Object.keys(chats)).toEqual(['9001'])
  expect(visitors[await visitorOf(phone)]).toMatchObject({ identity: { id: 'ada17' }, tokenAs: 'shared', chats: [9001] })
  expect(complaints.flat()).toEqual([])
})

test('another token on the page is another client, and the first one comes back with their own history', async () => {
  await using stage = await openShop()
  const { page, window, call } = await visitWith(stage, await tokenOf('ada17'))
  await write({ page }, 'I am Ada')
  await window.getByText('I am Ada').waitFor()
  await call('setUserToken', await tokenOf('boris42'))
  await window.getByText('I am Ada').waitFor({ state: 'detached' })
  await write({ page }, 'I am Boris')
  await window.getByText('I am Boris').waitFor()
  await call('setUserToken', await tokenOf('ada17'))
  await window.getByText('I am Ada').waitFor()
  expect(await window.getByText('I am Boris').count()).toBe(0)
})

test('clearHistory on logout leaves an empty window, and the next login brings the history back', async () => {
  await using stage = await openShop()
  const { page, window, call } = await visitWith(stage, await tokenOf('ada17'))
  await write({ page }, 'Keep this')
  await window.getByText('Keep this').waitFor()
  await call('clearHistory')
  await window.getByText('Keep this').waitFor({ state: 'detached' })
  await call('setUserToken', await tokenOf('ada17'))
  await window.getByText('Keep this').waitFor()
  expect(Object.keys((await stage.world()).chats)).toEqual(['9001'])
})

test('a reload of a page that sets its token shows the history again, and webhooks carry the token', async () => {
  await using stage = await openShop()
  const token = await tokenOf('ada17')
  const { page, window: dialog, call } = await visitWith(stage, token)
  await write({ page }, 'Before the reload')
  // The window shows a message before the emulator has it.
  await expect.poll(async () => Object.keys((await stage.world()).chats)).toEqual(['9001'])
  await stage.ask('chats/9001/accept')
  const { body } = await stage.receiver.wait(({ body }) => (body as { event_name?: string }).event_name === 'chat_accepted')
  expect(body).toMatchObject({ user_token: token })
  await page.reload()
  await page.waitForFunction(() => window.jivo_api !== undefined)
  await call('open')
  await dialog.getByText('Before the reload').waitFor()
})

test('a bad token changes nothing on the page, and the desk says why', async () => {
  await using stage = await openShop()
  const visit = await visitWith(stage, await signToken({ id: 'ada17' }, 'quite-another-secret-of-the-same-length'))
  await write(visit, 'Who am I?')
  await visit.window.getByText('Who am I?').waitFor()
  const desk = await (await newPerson(browser)).newPage()
  await desk.goto(`${stage.url}console#/desk/9001`)
  await desk.getByText('Names nobody; the timeline says why.').waitFor()
  await desk.goto(`${stage.url}console#/timeline`)
  await desk
    .getByText(/signature/i)
    .first()
    .waitFor()
  expect((await stage.world()).visitors[1]).toMatchObject({ identity: null, tokenAs: 'anonymous', chats: [9001] })
})

test('the shop logs in as Ada and as Boris, with tokens of its own or of an endpoint', async () => {
  const asked: string[] = []
  await using endpoint = await startReceiver(async (response, { path }) => {
    asked.push(path)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: await tokenOf(`own${path.split('/').at(-1)}`) }))
  })
  for (const [args, identity] of [
    [[], 'ada17'],
    [['--token-url', `${endpoint.url}/{user}`], 'ownada17'],
  ] as const) {
    await using stage = await openShop(args)
    const shop = await (await newPerson(browser)).newPage()
    await shop.goto(stage.url)
    await shop.waitForFunction(() => window.jivo_api !== undefined)
    await shop.getByRole('button', { name: 'Ada' }).click()
    await expect.poll(async () => Object.values((await stage.world()).visitors).map(one => one.identity?.id)).toContain(identity)
    await shop.reload()
    expect(await shop.getByRole('button', { name: 'Ada' }).getAttribute('aria-pressed')).toBe('true')
    await shop.getByRole('button', { name: 'Nobody' }).click()
    expect(await shop.getByRole('button', { name: 'Ada' }).getAttribute('aria-pressed')).toBe('false')
  }
  expect(asked[0]).toMatch(/\/ada17$/)
})
