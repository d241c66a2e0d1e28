import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event } from '../../src/contracts/journal.js'
import { conversation } from '../../src/contracts/suggestion.js'
import { axe, complaintsOf, newPerson, openBrowser } from '../helpers/browser.js'
import { temporaryFolder } from '../helpers/cli.js'
import { startReceiver } from '../helpers/receiver.js'
import { openStage, type Stage } from '../helpers/stage.js'

let browser: Browser
beforeAll(async () => {
  // A microphone that hums, and that nobody is asked about.
  browser = await openBrowser(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
})
afterAll(() => browser.close())

const openDesk = async (stage: Stage, options: Parameters<typeof newPerson>[1] = {}): Promise<Page> => {
  const person = await newPerson(browser, { viewport: { width: 1440, height: 900 }, ...options })
  const desk = await person.newPage()
  // The state is there before the place, so that all of it appears together: the order in which its parts take keys shows then.
  await desk.route(/\/console\/desk-[^/]*\.js$/, async route => {
    await desk.locator('.health').waitFor()
    await route.continue()
  })
  await desk.goto(`${stage.url}console#/desk/9001`)
  await desk.locator('.conv h2').waitFor()
  return desk
}

const startChat = async (stage: Stage, text = 'Is it in stock?') => {
  const visit = await stage.visit()
  await visit.call('open')
  await visit.page.getByRole('textbox', { name: 'Write a message' }).fill(text)
  await visit.page.keyboard.press('Enter')
  await visit.event('message.sent')
  return { visit, window: visit.page.getByRole('dialog', { name: 'Chat' }) }
}

test('a note is written by key, kept apart from the message, and seen in the conversation and on the card only', async () => {
  await using stage = await openStage(browser, ['--agents', 'manual'])
  const { visit, window } = await startChat(stage)
  const desk = await openDesk(stage)
  const complaints = complaintsOf(desk)
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  const message = conversation.getByRole('textbox', { name: 'Message' })
  await message.fill('To the client')
  await desk.locator('.conv h2').click()
  await desk.keyboard.press('n')
  const note = conversation.getByRole('textbox', { name: 'Note for agents' })
  expect(await note.evaluate(field => field === document.activeElement)).toBe(true)
  await desk.keyboard.type('Rude <b>canary</b>')
  await conversation.getByRole('button', { name: 'Note', exact: true }).click()
  expect(await message.inputValue()).toBe('To the client')
  await conversation.getByRole('button', { name: 'Note', exact: true }).click()
  expect(await note.inputValue()).toBe('Rude <b>canary</b>')
  await desk.keyboard.press('Enter')

  const line = conversation.getByRole('log').locator('.memo')
  await line.getByText('Rude <b>canary</b>').waitFor()
  await line.getByText('only agents see it').waitFor()
  expect(await line.evaluate(element => getComputedStyle(element).borderStyle)).toBe('dashed')
  expect(await message.evaluate(field => field === document.activeElement)).toBe(true)
  const card = desk.getByRole('complementary', { name: 'Visitor' })
  await card.getByText('Rude <b>canary</b>').waitFor()

  await card.getByRole('button', { name: 'Add a note' }).click()
  await desk.keyboard.type('Prefers calls')
  await card.getByRole('button', { name: 'Add the note' }).click()
  await card.getByText('Prefers calls').waitFor()
  expect(await line.count()).toBe(1)

  await message.fill('Hello')
  await desk.keyboard.press('Enter')
  await window.getByText('Hello', { exact: true }).waitFor()
  expect(await visit.page.content()).not.toContain('canary')
  expect(JSON.stringify(stage.receiver.received)).not.toContain('canary')
  expect((await visit.known()).notes.map(({ text }) => text)).toEqual(['Rude <b>canary</b>', 'Prefers calls'])
  expect(complaints).toEqual([])
})

test('an agent is invited and has the chat handed over; the visitor sees who writes', async () => {
  await using stage = await openStage(browser, ['--agents', 'manual'])
  const { visit, window } = await startChat(stage)
  const desk = await openDesk(stage)
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  const message = conversation.getByRole('textbox', { name: 'Message' })
  expect(await conversation.getByRole('combobox', { name: 'Answer as' }).count()).toBe(0)

  await desk.locator('.conv h2').click()
  await desk.keyboard.press('i')
  const menu = desk.getByRole('menu', { name: 'Invite an agent' })
  await menu.waitFor()
  expect(await desk.evaluate(() => document.activeElement?.textContent)).toContain('Ada Finch')
  await desk.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  await desk.keyboard.press('Enter')
  await menu.waitFor()
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('ArrowDown')
  await desk.keyboard.press('Enter')
  await conversation.getByText('Max Orlov invited Ada Finch').waitFor()

  const speaker = conversation.getByRole('combobox', { name: 'Answer as' })
  expect(await speaker.inputValue()).toBe('6001')
  await speaker.selectOption('Ada Finch')
  await message.fill('Ada here')
  await window.locator('.jv-typing').waitFor()
  await desk.keyboard.press('Enter')
  await window.getByText(/^Ada Finch ·/).waitFor()
  // The visitor may have a message before the desk hears that it was taken.
  await expect.poll(() => message.inputValue()).toBe('')

  await conversation.getByRole('button', { name: 'Transfer the chat' }).click()
  await desk.getByRole('menuitem', { name: /Nina Park/ }).click()
  await conversation.getByText('Max Orlov handed the chat over to Nina Park').waitFor()
  await conversation.getByText('with Nina Park').waitFor()
  expect(await speaker.inputValue()).toBe('6003')
  await message.fill('Nina here')
  await desk.keyboard.press('Enter')
  await window.getByText(/^Nina Park ·/).waitFor()
  expect(await speaker.locator('option').allTextContents()).toEqual(['Max Orlov', 'Ada Finch', 'Nina Park'])

  await conversation.getByRole('button', { name: 'Finish' }).click()
  const { body } = await stage.receiver.wait(({ body }) => body.event_name === 'chat_finished')
  expect(body.agents).toMatchObject([{ name: 'Max Orlov' }, { name: 'Ada Finch' }, { name: 'Nina Park' }])
  expect(stage.receiver.received.map(({ body }) => body.event_name)).toEqual(['chat_accepted', 'chat_finished'])
  expect((await visit.eventsOf('chat.joined')).map(({ agent, by }) => [agent, by])).toEqual([[6002, 6001]])
})

test('a slash finds a template, a chip puts a quick reply down, and neither sends', async () => {
  await using stage = await openStage(browser, ['--agents', 'manual'])
  const { visit } = await startChat(stage)
  await visit.call('setContactInfo', { name: 'Vera <i>Lind</i>' })
  const desk = await openDesk(stage)
  await desk.getByRole('heading', { name: 'Vera <i>Lind</i>' }).first().waitFor()
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  const message = conversation.getByRole('textbox', { name: 'Message' })
  await message.focus()
  await desk.keyboard.type('/')
  const list = conversation.getByRole('listbox', { name: 'Templates' })
  expect(await list.getByRole('option').count()).toBe(6)
  await desk.keyboard.press('ArrowUp')
  expect(await list.getByRole('option', { selected: true }).textContent()).toMatch(/^Return/)
  expect(await axe(desk)).toEqual([])
  await desk.keyboard.type('hello')
  expect(await list.getByRole('option').allTextContents()).toEqual([expect.stringMatching(/^Greeting/)])
  await desk.keyboard.press('Enter')
  expect(await message.inputValue()).toBe('Hello, Vera <i>Lind</i>! How can I help?')
  await list.waitFor({ state: 'detached' })

  await conversation.getByRole('button', { name: 'One moment' }).click()
  expect(await message.inputValue()).toBe('Hello, Vera <i>Lind</i>! How can I help? One moment, please. I am looking it up.')
  expect(await message.evaluate(field => field === document.activeElement)).toBe(true)

  await message.fill('/del')
  await list.waitFor()
  await desk.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  expect([await message.inputValue(), new URL(desk.url()).hash]).toEqual(['/del', '#/desk/9001'])
  await message.fill('/nothing like this')
  expect(await list.count()).toBe(0)
  await message.fill('/del')
  expect(await list.count()).toBe(0)
  await message.fill('')
  await message.fill('/return')
  await list.getByRole('option').click()
  expect(await message.inputValue()).toMatch(/^An unused kettle/)
  expect((await stage.world()).chats[9001]?.messages).toHaveLength(1)
})

test('a suggestion is asked for, taken with Tab or dismissed with Esc, and never sent by itself', async () => {
  const answer = '<img src=x onerror=alert(1)> Yes, it is.'
  const command = `node -e "let t='';process.stdin.on('data',p=>t+=p).on('end',()=>{const{messages}=JSON.parse(t);if(messages.length>1){console.error('no words left');process.exit(3)}console.log('${answer}')})"`
  await using stage = await openStage(browser, ['--agents', 'manual', '--suggest', command])
  const { visit, window } = await startChat(stage)
  const desk = await openDesk(stage)
  const complaints = complaintsOf(desk)
  const conversation = desk.getByRole('region', { name: 'Conversation' })
  const message = conversation.getByRole('textbox', { name: 'Message' })

  await desk.locator('.conv h2').click()
  await desk.keyboard.press('s')
  const box = conversation.locator('.suggest')
  await box.getByText(answer).waitFor()
  expect(await axe(desk)).toEqual([])
  await desk.keyboard.press('Escape')
  await box.waitFor({ state: 'detached' })
  expect(new URL(desk.url()).hash).toBe('#/desk/9001')

  await message.fill('Well:')
  await conversation.getByRole('button', { name: 'Suggest an answer' }).click()
  await box.getByText(answer).waitFor()
  await message.focus()
  await desk.keyboard.press('Tab')
  expect(await message.inputValue()).toBe(`Well: ${answer}`)
  await box.waitFor({ state: 'detached' })
  expect((await visit.eventsOf('message.sent')).length).toBe(1)
  await desk.keyboard.press('Enter')
  await window.getByText(`Well: ${answer}`).waitFor()

  await conversation.getByRole('button', { name: 'Suggest an answer' }).click()
  await conversation
    .getByRole('alert')
    .getByText(/command node ended with code 3\. It said: no words left\. Try it in a terminal/)
    .waitFor()
  expect((await visit.eventsOf('answer.suggested')).map(({ text }) => text)).toEqual([answer, answer])
  expect((await visit.eventsOf('warning.raised')).map(({ code }) => code)).toEqual(['suggestion'])
  // The browser itself says that the answer was not 200.
  expect(complaints.filter(text => !text.includes('502'))).toEqual([])
})

test('an assistant at an address is asked, and what it costs when it is gone is a message', async () => {
  const assistant = await startReceiver(response => response.writeHead(200, { 'content-type': 'text/plain' }).end('Yes, it is.'))
  await using stage = await openStage(browser, ['--agents', 'manual', '--suggest', `${assistant.url}?key=canary`])
  const { visit } = await startChat(stage)
  expect(((await (await stage.ask('chats/9001/suggestion')).json()) as { events: Event[] }).events).toMatchObject([
    { type: 'answer.suggested', text: 'Yes, it is.' },
  ])
  expect(conversation.parse(assistant.received[0]?.body)).toMatchObject({ chat_id: 9001, messages: [{ by: 'visitor', text: 'Is it in stock?' }] })
  await assistant[Symbol.asyncDispose]()
  const refused = await stage.request('chats/9001/suggestion')
  expect([refused.status, await refused.json()]).toEqual([502, { error: { code: 'suggestion', message: expect.stringMatching(/did not answer/) } }])
  expect((await visit.eventsOf('warning.raised')).map(({ code }) => code)).toEqual(['suggestion'])
  expect(JSON.stringify(await stage.events())).not.toContain('canary')
})

test('an emulator that stops kills the assistant that it waits for', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'pid')
  await using stage = await openStage(browser, ['--agents', 'manual', '--suggest', `echo $$ > ${path}.part; mv ${path}.part ${path}; exec sleep 600`])
  await startChat(stage)
  const answer = stage.request('chats/9001/suggestion').then(
    ({ status }) => status,
    () => 'cut off',
  )
  while (!existsSync(path)) await new Promise(resolve => setImmediate(resolve))
  await stage.restart(async () => {
    expect([502, 503, 'cut off']).toContain(await answer)
    // Nobody waits for it any more: it is gone, or a zombie that nobody reaps.
    const isThere = () => existsSync(`/proc/${pid}/stat`) && !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    const pid = Number(readFileSync(path, 'utf8'))
    while (isThere()) await new Promise(resolve => setImmediate(resolve))
  })
  expect((await stage.world()).chats[9001]).toMatchObject({ status: 'waiting' })
})

test('an agent sends a sticker, a film and a recorded voice', async () => {
  await using stage = await openStage(browser, ['--agents', 'manual'])
  const { visit, window } = await startChat(stage)
  const desk = await openDesk(stage)
  const complaints = complaintsOf(desk)
  const conversation = desk.getByRole('region', { name: 'Conversation' })

  await conversation.getByRole('button', { name: 'Send a sticker' }).click()
  const picker = conversation.getByRole('group', { name: 'Send a sticker' })
  const drawn = await picker
    .locator('img')
    .evaluateAll(images => Promise.all(images.map(img => (img as HTMLImageElement).decode().then(() => (img as HTMLImageElement).naturalWidth))))
  expect(drawn).toEqual(Array(6).fill(128))
  expect(await axe(desk)).toEqual([])
  await picker.getByRole('button', { name: 'A heart' }).click()
  const sticker = window.getByRole('img', { name: 'heart.svg' })
  await sticker.waitFor()
  expect(await sticker.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBe(128)
  await conversation.getByRole('img', { name: 'heart.svg' }).waitFor()

  const [chooser] = await Promise.all([desk.waitForEvent('filechooser'), conversation.getByRole('button', { name: 'Attach a file' }).click()])
  await chooser.setFiles([{ name: 'tour.mp4', mimeType: 'video/mp4', buffer: Buffer.from('not a film') }])
  await conversation.getByLabel('tour.mp4').waitFor()

  await conversation.getByRole('button', { name: 'Record a voice message' }).click()
  const recording = conversation.getByRole('group', { name: 'Send the recording' })
  await recording.getByText('0:01').waitFor()
  await recording.getByRole('button', { name: 'Send the recording' }).click()
  await recording.waitFor({ state: 'detached' })
  const voice = conversation.getByLabel('Voice message', { exact: true })
  await voice.waitFor()
  await window.getByLabel('Voice message', { exact: true }).waitFor()
  const sent = (await visit.eventsOf('message.sent')).flatMap(({ content }) => (content?.kind === 'file' ? [[content.media, content.type]] : []))
  expect(sent).toEqual([
    ['sticker', 'image/svg+xml'],
    ['video', 'video/mp4'],
    ['voice', 'audio/webm'],
  ])
  expect(complaints).toEqual([])
})

test.each(['en-US', 'ru'])('the desk with notes, menus and a suggestion holds on every width in %s', async locale => {
  await using stage = await openStage(browser, ['--agents', 'manual'])
  await startChat(stage)
  await stage.ask('visitors/1/notes', { text: 'Has a glass hob', chat: 9001 })
  await stage.ask('chats/9001/agents', { agent: 6002 })
  await stage.ask('chats/9001/transfer', { agent: 6002 })
  // Colours that are still on their way from one theme to the other have no contrast to speak of.
  const desk = await openDesk(stage, { locale, reducedMotion: 'reduce' })
  await desk.locator('.log .memo').waitFor()
  await desk.locator('.conv h2').click()
  await desk.keyboard.press('s')
  await desk.locator('.suggest .btn').first().waitFor()
  for (const width of [1440, 1024, 390]) {
    await desk.setViewportSize({ width, height: 900 })
    await desk.locator('.menu-of button').first().click()
    await desk.locator('.menu').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.emulateMedia({ colorScheme })
      expect(await axe(desk)).toEqual([])
      if (process.env.SHOTS) await desk.screenshot({ path: `${process.env.SHOTS}/${locale}-${width}-${colorScheme}.png` })
    }
    const outside = await desk.locator('.menu, .composer button, .composer select').evaluateAll(
      all =>
        all.filter(element => {
          const { left, right, width } = element.getBoundingClientRect()
          return width > 0 && (left < 0 || right > innerWidth)
        }).length,
    )
    expect(outside).toBe(0)
    await desk.keyboard.press('Escape')
  }
})
