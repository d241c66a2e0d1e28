import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { MessageContent } from '../../src/contracts/messages.js'
import type { WidgetSettings } from '../../src/contracts/widget-settings.js'
import { axe, callbackOf, callbacksOf, complaintsOf, newPerson, openBrowser, openShop, pastePicture, png } from '../helpers/browser.js'
import { emulate, temporaryFolder } from '../helpers/cli.js'
import { askAt, stateAt } from '../helpers/control.js'
import { startReceiver } from '../helpers/receiver.js'

let browser: Browser
let folder: ReturnType<typeof temporaryFolder>
let emulator: Awaited<ReturnType<typeof emulate>>
const people: BrowserContext[] = []

beforeAll(async () => {
  browser = await openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
  folder = temporaryFolder()
  emulator = await emulate(['--agents', 'manual'], folder.path)
})
afterEach(async () => {
  for (const person of people.splice(0)) await person.close()
  await edit(plain)
})
afterAll(async () => {
  await browser.close()
  await emulator[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const plain: Partial<WidgetSettings> = { colors: ['#2456e6', '#5b3fd6'], callback: 'on', asksForRating: true, menu: [], language: 'page' }

const post = (path: string, body: object) => askAt(emulator.url, path, body)
const edit = (settings: Partial<WidgetSettings>) => post(`channels/${emulator.widgetId}/widget`, settings)
const world = () => stateAt(emulator.url)

interface Visit {
  readonly page: Page
  readonly window: Locator
  readonly complaints: string[]
  readonly visitor: number
}

/** A new visitor on the shop page. */
const visit = async (options: Parameters<typeof newPerson>[1] = {}, url = emulator.url): Promise<Visit> => {
  const person = await newPerson(browser, options)
  people.push(person)
  const page = await person.newPage()
  const complaints = complaintsOf(page)
  await openShop(page, url)
  const visitor = await page.evaluate(() => new Promise<number>(done => jivo_api.getVisitorNumber?.((_: unknown, number: number) => done(number))))
  return { page, window: page.getByRole('dialog', { name: /^(Chat|Чат)$/ }), complaints, visitor }
}

/** A visitor who wrote, so that an agent can answer. */
const talk = async (options: Parameters<typeof newPerson>[1] = {}) => {
  const visited = await visit(options)
  const { page, window, visitor } = visited
  await page.evaluate(() => {
    jivo_api.setContactInfo?.({ email: 'vera@example.test' })
    jivo_api.open?.()
  })
  await window.getByRole('textbox').fill('Hello')
  await page.keyboard.press('Enter')
  await window.getByText(/delivered|доставлено/).waitFor()
  const chat = (await world()).visitors[visitor]?.chats.at(-1)
  const say = (text: string, content?: MessageContent) => post(`chats/${chat}/messages`, { text, content })
  return { ...visited, chat, say }
}

/** The page's own: functions given to `evaluate` run there. */
declare const jivo_api: { readonly [method: string]: (...args: unknown[]) => unknown }

const uploaded = async (name: string, body: Buffer) => {
  const headers = { 'content-type': 'application/octet-stream' }
  const answer = await fetch(`${emulator.url}_dev/files?name=${name}`, { method: 'POST', headers, body: new Uint8Array(body) })
  return ((await answer.json()) as { file: MessageContent & { kind: 'file' } }).file
}

const axeInBothThemes = async (page: Page) => {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    found.push(...(await axe(page)).map(problem => `${colorScheme}: ${problem}`))
  }
  return found
}

describe('an invitation', () => {
  test('stands beside the label, takes no focus, and opens the chat with its text', async () => {
    const { page, window, visitor, complaints } = await visit()
    await page.evaluate(() => document.querySelector<HTMLElement>('a')?.focus())
    await post(`visitors/${visitor}/invitation`, { text: 'Choosing a kettle?' })
    const invitation = page.getByRole('dialog', { name: 'Invitation' })
    await invitation.getByText('Choosing a kettle?').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('A')
    expect((await invitation.boundingBox())?.width).toBe(332)
    expect(await window.count()).toBe(0)
    expect(await axeInBothThemes(page)).toEqual([])
    await invitation.getByRole('button', { name: /Choosing a kettle/ }).click()
    await window.getByRole('log').getByText('Choosing a kettle?').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await page.keyboard.type('Yes')
    await page.keyboard.press('Enter')
    await window.getByText('delivered').waitFor()
    expect(await window.getByText('Choosing a kettle?').count()).toBe(1)
    expect((await callbacksOf(page)).filter(([name]) => name === 'jivo_onOpen').length).toBe(1)
    expect(complaints).toEqual([])
  })

  test('can be closed, which the page hears; the focus goes to the label', async () => {
    const { page, visitor } = await visit({ viewport: { width: 390, height: 800 } })
    await post(`visitors/${visitor}/invitation`, { text: 'Choosing a kettle?' })
    const close = page.getByRole('button', { name: 'Close the invitation' })
    await close.focus()
    await page.keyboard.press('Enter')
    await close.waitFor({ state: 'detached' })
    await callbackOf(page, 'jivo_onClose')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('jv-label')
  })
})

test('an invitation that comes while they talk stays in the conversation, before its answer', async () => {
  const { page, window, visitor, chat } = await talk()
  await post(`visitors/${visitor}/invitation`, { text: 'A discount?' })
  await window.getByText('A discount?').waitFor()
  await window.getByRole('textbox').fill('Please')
  await page.keyboard.press('Enter')
  const bubbles = () => window.locator('.jv-bubble').allTextContents()
  await expect.poll(async () => (await world()).chats[chat ?? 0]?.messages.map(({ text }) => text)).toEqual(['Hello', 'A discount?', 'Please'])
  await window.getByText('delivered').waitFor()
  expect(await bubbles()).toEqual(['Hello', 'A discount?', 'Please'])
  await page.reload()
  await page.getByRole('button', { name: 'Ask us, we are online' }).click()
  await window.getByText('Please').waitFor()
  expect(await bubbles()).toEqual(['Hello', 'A discount?', 'Please'])
})

test('an agent who types is shown and announced once', async () => {
  const { window, chat, say } = await talk()
  await post(`chats/${chat}/accept`, {})
  await post(`chats/${chat}/typing`, { on: true })
  await window.getByText('Max Orlov is typing').waitFor({ state: 'attached' })
  const dots = window.locator('.jv-typing')
  await dots.waitFor()
  await post(`chats/${chat}/typing`, { on: false })
  await dots.waitFor({ state: 'detached' })
  expect(await window.getByText('Max Orlov is typing').count()).toBe(1)
  await say('Here I am')
  await window.getByText('Here I am').waitFor()
  expect(await window.getByText('Max Orlov is typing').count()).toBe(0)
})

test('what an agent says while the window is closed is counted on the label', async () => {
  const { page, window, say } = await talk()
  await page.keyboard.press('Escape')
  await say('One')
  await say('Two')
  await page.getByRole('button', { name: /unread: 2/ }).click()
  await window.getByText('Two').waitFor()
  await page.keyboard.press('Escape')
  expect(await page.getByRole('button', { name: /unread/ }).count()).toBe(0)
})

test('a chat can be rated when it is over, and rated anew', async () => {
  const { page, window, chat, visitor, complaints } = await talk()
  await post(`chats/${chat}/finish`, {})
  const card = window.getByRole('group', { name: 'How did it go?' })
  await card.getByRole('button', { name: 'Good' }).click()
  await card.getByText('Thank you for the rating').waitFor()
  expect(await axeInBothThemes(page)).toEqual([])
  await card.getByRole('button', { name: 'Bad' }).click()
  await expect.poll(async () => (await world()).chats[chat ?? 0]?.rating?.rate).toBe('negative')
  expect(await card.getByRole('button', { pressed: true }).textContent()).toBe('Bad')
  await window.getByRole('textbox').fill('One more thing')
  await page.keyboard.press('Enter')
  await card.waitFor({ state: 'detached' })
  await expect.poll(async () => (await world()).visitors[visitor]?.chats.length).toBe(2)
  expect(complaints).toEqual([])
})

describe('a call', () => {
  test('is asked for from the chat and followed to its end', async () => {
    const { page, window, visitor, complaints } = await visit()
    await page.getByRole('button', { name: 'Ask us, we are online' }).click()
    await window.getByRole('button', { name: 'Call me' }).click()
    const phone = window.getByLabel('Phone')
    await phone.waitFor()
    await expect.poll(() => phone.evaluate(field => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await window.getByText('A phone number is needed').waitFor()
    await phone.fill('+7 9')
    await window.getByText('The number is too short').waitFor()
    expect(await axeInBothThemes(page)).toEqual([])
    await phone.fill('+7 900 555-01-42')
    await page.keyboard.press('Enter')
    const call = async () => Object.values((await world()).calls).findLast(one => one.visitor === visitor)?.id
    await expect.poll(call).toBeDefined()
    await window.getByRole('heading', { name: 'Calling you' }).nth(1).waitFor()
    await post(`calls/${await call()}`, { status: 'agent_connected' })
    await window.getByRole('heading', { name: 'Pick up, it is us' }).waitFor()
    await post(`calls/${await call()}`, { status: 'client_connected' })
    await window.getByRole('heading', { name: 'You are talking' }).nth(1).waitFor()
    await post(`calls/${await call()}`, { status: 'error', reason: 'The line is dead.' })
    await window.getByText('The line is dead.').waitFor()
    expect(await axeInBothThemes(page)).toEqual([])
    await window.getByRole('button', { name: 'Call again' }).click()
    await phone.waitFor()
    await window.getByRole('button', { name: 'Write instead' }).click()
    await window.getByRole('textbox', { name: 'Write a message' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('that is asked for while one is running is refused, and the running one goes on', async () => {
    const { page, visitor } = await visit()
    const twice = () => page.evaluate(() => ['+79005550142', '+79005550143'].map(phone => jivo_api.startCall?.(phone)))
    expect(await twice()).toEqual([{ result: 'ok' }, { result: 'fail', reason: 'a call to +79005550142 is running' }])
    await callbackOf(page, 'jivo_onCallStart')
    const calls = async () => Object.values((await world()).calls).filter(one => one.visitor === visitor)
    expect((await calls()).map(({ phone, status }) => [phone, status])).toEqual([['+79005550142', 'start']])
    expect(await page.evaluate(() => jivo_api.startCall?.('+79005550143'))).toMatchObject({ result: 'fail' })
    expect((await callbacksOf(page)).map(([name]) => name)).not.toContain('jivo_onCallEnd')
    const warnings = async () =>
      (await (await fetch(`${emulator.url}_dev/events`)).text()).split('\n').filter(line => line.includes('startCall: a call to +79005550142 is running'))
    await expect.poll(async () => (await warnings()).length).toBe(2)
    await post(`calls/${(await calls())[0]?.id}`, { status: 'end' })
    await callbackOf(page, 'jivo_onCallEnd')
    expect(await page.evaluate(() => jivo_api.startCall?.('+79005550143'))).toEqual({ result: 'ok' })
  })

  test('is not offered where callbacks are off, and says so where no money is left', async () => {
    await edit({ callback: 'off' })
    const { page, window } = await visit()
    await page.getByRole('button', { name: 'Ask us, we are online' }).click()
    expect(await window.getByRole('button', { name: 'Call me' }).count()).toBe(0)
    await edit({ callback: 'no-balance' })
    await window.getByRole('button', { name: 'Call me' }).click()
    await window.getByLabel('Phone').fill('+7 900 555-01-42')
    await page.keyboard.press('Enter')
    await window.getByText('Calls are not possible right now.').waitFor()
  })
})

test('on a phone the label opens the menu of channels, as long as nobody talks', async () => {
  await edit({
    menu: [
      { channel: 'telegram', url: 'https://t.me/kettle' },
      { channel: 'mail', url: 'mailto:hello@shop.test' },
      { channel: 'vk', url: 'javascript:alert(1)' },
    ],
  })
  const { page, window, complaints } = await visit({ viewport: { width: 390, height: 800 } })
  await page.getByRole('button', { name: 'Ask us, we are online' }).click()
  await window.getByRole('navigation').waitFor()
  expect(await window.getByRole('link').evaluateAll(links => links.map(link => [link.textContent, link.getAttribute('href')]))).toEqual([
    ['Telegram', 'https://t.me/kettle'],
    ['E-mail', 'mailto:hello@shop.test'],
  ])
  expect(await axeInBothThemes(page)).toEqual([])
  await window.getByRole('button', { name: 'Chat here' }).click()
  await window.getByRole('textbox', { name: 'Write a message' }).waitFor()
  expect(complaints).toEqual([])
})

describe('what a message shows', () => {
  test('markdown becomes elements, and nothing of it markup', async () => {
    const { page, window, say, complaints } = await talk()
    const markdown = '**Bold** <img src=x onerror=alert(1)>\n- a `b`\n- [here](https://a.test/) [there](javascript:alert)'
    await say('Bold', { kind: 'markdown', markdown })
    await window.locator('strong').getByText('Bold').waitFor()
    expect(await window.getByRole('listitem').allTextContents()).toEqual(['a b', 'here [there](javascript:alert)'])
    expect(await window.locator('img').count()).toBe(0)
    expect(await window.getByRole('link', { name: 'here' }).getAttribute('href')).toBe('https://a.test/')
    expect(await axeInBothThemes(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('a pressed button stays with a tick, and an answer in words takes the others away', async () => {
    const { page, window, chat, say } = await talk()
    const buttons = ['Track the order', 'Return'].map((text, at) => ({ id: String(at), text }))
    await say('What do you need?', { kind: 'buttons', buttons })
    const options = window.getByRole('group', { name: 'Answers' })
    await options.getByRole('button', { name: 'Return' }).waitFor()
    expect(await axeInBothThemes(page)).toEqual([])
    await options.getByRole('button', { name: 'Return' }).click()
    await options.getByText('chosen').waitFor({ state: 'attached' })
    expect(await options.getByRole('button').count()).toBe(0)
    await expect.poll(async () => (await world()).chats[chat ?? 0]?.messages.at(-1)).toMatchObject({ by: 'visitor', text: 'Return', button: { id: '1' } })
    await say('And now?', { kind: 'buttons', buttons })
    await options.getByRole('button', { name: 'Return' }).waitFor()
    await window.getByRole('textbox').fill('Neither')
    await page.keyboard.press('Enter')
    await options.getByRole('button').first().waitFor({ state: 'detached' })
    expect(await options.count()).toBe(1)
  })

  test('pictures, stickers, sound, film, files and places', async () => {
    const { page, window, say } = await talk()
    await say('kettle.png', await uploaded('kettle.png', png))
    const picture = window.getByRole('link', { name: 'Open the picture: kettle.png' })
    await picture.waitFor()
    expect(await picture.getByRole('img').evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(10)
    expect(await picture.getAttribute('target')).toBe('_blank')
    await say('smile.png', { ...(await uploaded('smile.png', png)), media: 'sticker' })
    await window.getByRole('img', { name: 'smile.png' }).waitFor()
    await say('offer.pdf', await uploaded('offer.pdf', Buffer.alloc(1_234_567)))
    const file = window.getByRole('link', { name: /offer\.pdf/ })
    expect(await file.textContent()).toBe('offer.pdf1.2 MB')
    await say('Here', { kind: 'location', latitude: 56.8587, longitude: 35.9176, title: 'Tver, Sadovaya 4' })
    const place = window.getByRole('link', { name: /Tver, Sadovaya 4/ })
    await place.waitFor()
    expect([await place.textContent(), await place.getAttribute('href')]).toEqual([
      'Tver, Sadovaya 456.85870, 35.91760Open the map',
      'https://www.openstreetmap.org/?mlat=56.8587&mlon=35.9176#map=16/56.8587/35.9176',
    ])
    expect(await axeInBothThemes(page)).toEqual([])
    await using own = await startReceiver(response => response.writeHead(200, { 'content-type': 'image/png' }).end(png))
    await say('bot.png', { kind: 'file', media: 'photo', url: `${own.url}bot.png`, name: 'bot.png', size: null, type: '' })
    const foreign = window.getByRole('img', { name: 'bot.png' })
    await foreign.waitFor()
    expect(await foreign.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(10)
    // What cannot be played or shown is offered as a file.
    await say('film.mp4', { ...(await uploaded('film.mp4', png)), media: 'video' })
    await window.getByRole('link', { name: /film\.mp4/ }).waitFor()
  })
})

describe('a visitor', () => {
  test('attaches files by the button, by a paste and by a drop', async () => {
    const { page, window, chat, complaints } = await talk()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), window.getByRole('button', { name: 'Attach a file' }).click()])
    await chooser.setFiles([{ name: 'receipt.txt', mimeType: 'text/plain', buffer: Buffer.from('1 kettle') }])
    await window.getByRole('link', { name: /receipt\.txt/ }).waitFor()
    await pastePicture(window.getByRole('textbox'))
    await window.getByRole('img', { name: 'pasted.png' }).waitFor()
    await window.getByRole('log').evaluate(log => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File(['x'], 'dropped.bin'))
      for (const type of ['dragover', 'drop']) log.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    })
    const link = window.getByRole('link', { name: /dropped\.bin/ })
    await link.waitFor()
    expect(await (await fetch(String(await link.evaluate((a: HTMLAnchorElement) => a.href)))).text()).toBe('x')
    await expect
      .poll(async () => (await world()).chats[chat ?? 0]?.messages.flatMap(({ content }) => (content?.kind === 'file' ? [[content.media, content.name]] : [])))
      .toEqual([
        ['document', 'receipt.txt'],
        ['photo', 'pasted.png'],
        ['document', 'dropped.bin'],
      ])
    expect(complaints).toEqual([])
  })

  test('gives a file while the second script cannot be loaded, and it is sent once it can', async () => {
    const { page, window } = await talk()
    let isAway = true
    await page.route(/\/more\.js/, route => (isAway ? route.abort() : route.continue()))
    await page.reload()
    await page.getByRole('button', { name: 'Ask us, we are online' }).click()
    const field = window.getByRole('textbox', { name: 'Write a message' })
    await Promise.all([
      page.waitForEvent('requestfailed'),
      field.evaluate(element => {
        const clipboardData = new DataTransfer()
        clipboardData.items.add(new File(['x'], 'waits.txt', { type: 'text/plain' }))
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      }),
    ])
    isAway = false
    await field.fill('A')
    await window.getByRole('link', { name: /waits\.txt/ }).waitFor()
    expect(await field.inputValue()).toBe('A')
  })

  test('is told when a file is too large', async () => {
    const { page, window } = await talk()
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), window.getByRole('button', { name: 'Attach a file' }).click()])
    await chooser.setFiles([{ name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) }])
    await window.getByRole('button', { name: 'larger than 10 MB' }).click()
    await window.getByText('film.bin').waitFor({ state: 'detached' })
    expect(await window.getByText('film.bin').count()).toBe(0)
  })

  test('records a voice message, or thinks better of it', async () => {
    const { page, window, chat, complaints } = await talk()
    const record = window.getByRole('button', { name: 'Record a voice message' })
    await record.click()
    await window.getByRole('button', { name: 'Send the voice message' }).waitFor()
    expect(await axeInBothThemes(page)).toEqual([])
    await window.getByRole('button', { name: 'Cancel' }).click()
    await record.click()
    await window.getByRole('timer').getByText('0:01').waitFor()
    await window.getByRole('button', { name: 'Send the voice message' }).click()
    const player = window.getByLabel('Voice message', { exact: true })
    await player.waitFor()
    await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0)
    const voices = async () => (await world()).chats[chat ?? 0]?.messages.filter(({ content }) => content?.kind === 'file' && content.media === 'voice').length
    await expect.poll(voices).toBe(1)
    expect(complaints).toEqual([])
  })
})

describe('how the widget looks', () => {
  test('follows the colours of the channel at once, and its language when the page loads the next bundle', async () => {
    await edit({ colors: ['#ffd500'], language: 'ru' })
    const { page } = await visit()
    const label = page.getByRole('button', { name: 'Напишите нам, мы онлайн' })
    expect(await label.evaluate(button => [getComputedStyle(button).color, getComputedStyle(button).backgroundImage])).toEqual([
      'rgb(0, 0, 0)',
      expect.stringContaining('rgb(255, 213, 0)'),
    ])
    expect(await page.locator('body > jdiv').getAttribute('lang')).toBe('ru')
    await page.evaluate(() => jivo_api.setWidgetColor?.('#0b6878', '#17703a'))
    await expect.poll(() => label.evaluate(button => getComputedStyle(button).color)).toBe('rgb(255, 255, 255)')
    await edit({ language: 'en' })
    await page.reload()
    await page.getByRole('button', { name: 'Ask us, we are online' }).waitFor()
    expect(await page.locator('body > jdiv').getAttribute('lang')).toBe('en')
  })

  test('does not depend on a page that styles everything, and the page not on the widget', async () => {
    const css = `* { color: red; margin: 20px; padding: 9px; border: 3px solid red; background: yellow; font-size: 30px; position: relative; float: left; text-transform: uppercase }
      button, input, textarea { width: 400px; border-radius: 0; box-shadow: 0 0 9px red }
      p, h2, h3, li, ul, a, code, strong, fieldset { font-family: serif; font-size: 44px; color: red; display: inline }
      img, video, audio { width: 900px; height: 900px; opacity: .2 } svg { width: 99px; fill: red }`
    const html = (style: string) =>
      `<!doctype html><html lang="en"><title>Own site</title><style>${style}</style><body><p>Text</p><button>Press</button><script src="//${new URL(emulator.url).host}/widget/${emulator.widgetId}"></script>`
    await using site = await startReceiver((response, { path }) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(html(path === '/hostile' ? css : '')),
    )
    const measure = async (path: string) => {
      const { page, window, visitor } = await visit({}, `${site.url}${path}`)
      await page.evaluate(() => {
        jivo_api.setContactInfo?.({ email: 'vera@example.test' })
        jivo_api.open?.()
      })
      await window.getByRole('textbox').fill('Hello')
      await page.keyboard.press('Enter')
      await window.getByText('delivered').waitFor()
      const chat = (await world()).visitors[visitor]?.chats.at(-1)
      await post(`chats/${chat}/messages`, { text: 'a', content: { kind: 'markdown', markdown: '**a** `b`\n- c\n- [d](https://a.test)' } })
      await post(`chats/${chat}/messages`, { text: 'b', content: await uploaded('a.png', png) })
      await post(`chats/${chat}/messages`, { text: 'c', content: { kind: 'buttons', buttons: [{ id: '1', text: 'd' }] } })
      await post(`chats/${chat}/rating`, {})
      await window.getByRole('group', { name: 'How did it go?' }).waitFor()
      await window.getByRole('img').evaluate((img: HTMLImageElement) => img.decode())
      await window.evaluate(element => Promise.all(element.getAnimations({ subtree: true }).map(animation => animation.finished)))
      await page.mouse.move(0, 0)
      return page.evaluate(() => {
        const names = [
          'color',
          'fontSize',
          'fontFamily',
          'fontWeight',
          'display',
          'position',
          'float',
          'borderTopWidth',
          'backgroundColor',
          'textTransform',
          'opacity',
        ] as const
        const own = [...document.querySelectorAll<HTMLElement>('body > jdiv *')].map(element => {
          const style = getComputedStyle(element)
          const { width, height } = element.getBoundingClientRect()
          return [element.tagName, element.className.toString(), Math.round(width), Math.round(height), ...names.map(name => style[name])].join(' ')
        })
        const outside = [...document.querySelectorAll('body > p, body > button')].map(element => JSON.stringify(element.getBoundingClientRect()))
        return { own, outside }
      })
    }
    const calm = await measure('/')
    const hostile = await measure('/hostile')
    expect(hostile.own.length).toBeGreaterThan(40)
    expect(hostile.own).toEqual(calm.own)
    // The page lies as it lies without a widget.
    const bare = await newPerson(browser)
    people.push(bare)
    const page = await bare.newPage()
    await page.setContent('<!doctype html><html lang="en"><title>Own site</title><body><p>Text</p><button>Press</button>')
    expect(calm.outside).toEqual(
      await page.evaluate(() => [...document.querySelectorAll('body > p, body > button')].map(element => JSON.stringify(element.getBoundingClientRect()))),
    )
  })

  test('stands still for who wants less motion', async () => {
    const { page, window, chat } = await talk({ reducedMotion: 'reduce' })
    await post(`chats/${chat}/typing`, { on: true })
    await window.locator('.jv-typing').waitFor()
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  })
})
