import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { callbackNames } from '../../src/contracts/widget-api.js'
import { emulate, run, temporaryFolder } from '../helpers/cli.js'
import { id } from '../helpers/emulator.js'

/** A page that answers every callback it is asked for. */
const openPage = async (url: string, widgetId: string, outcome: string) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}widget/${widgetId}/socket`)
  const asked: unknown[] = []
  const welcome = new Promise<void>(resolve => {
    socket.on('message', data => {
      const frame = JSON.parse(String(data))
      if (frame.type === 'welcome') resolve()
      if (frame.type !== 'callback') return
      asked.push([frame.callback, frame.args])
      socket.send(
        JSON.stringify({
          type: 'fired',
          callback: frame.callback,
          args: frame.args,
          outcome,
          scheduled: frame.seq,
          ...(outcome === 'threw' ? { error: 'TypeError: no\n  at x' } : {}),
        }),
      )
    })
  })
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'open', page: id('p', 1), key: id('k', 1), url: 'http://shop.test/', title: 'Shop', referrer: '', language: 'en' }))
  await welcome
  return { asked, socket }
}

test.each([
  ['called', 0, '✔ jivo_onCallEnd on http://shop.test/\n'],
  ['missing', 0, 'the page does not define it'],
  ['threw', 1, 'TypeError: no\n'],
])('fire says that the callback was %s', async (outcome, exit, words) => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const { asked, socket } = await openPage(emulator.url, emulator.widgetId, outcome)
  const { code, stdout } = await run(['fire', 'onCallEnd', '{"result":"ok"}'], { cwd: folder.path })
  socket.close()
  expect(stdout).toContain(words)
  expect(code).toBe(exit)
  expect(asked).toEqual([['jivo_onCallEnd', [{ result: 'ok' }]]])
})

test('fire finds the emulator by flag, by JIVO_DEV_URL and by the data folder', async () => {
  using home = temporaryFolder()
  using elsewhere = temporaryFolder()
  await using emulator = await emulate([], home.path)
  const nobody = { code: 1, stderr: expect.stringContaining('No page is open') }
  expect(await run(['fire', 'jivo_onAccept'], { cwd: home.path })).toMatchObject(nobody)
  expect(await run(['fire', 'onAccept', '--emulator', emulator.url], { cwd: elsewhere.path })).toMatchObject(nobody)
  expect(await run(['fire', 'onAccept'], { cwd: elsewhere.path, env: { JIVO_DEV_URL: emulator.url } })).toMatchObject(nobody)
  expect(await run(['fire', 'onAccept'], { cwd: elsewhere.path })).toMatchObject({ code: 4, stderr: expect.stringContaining('No running emulator was found') })
})

test.each([
  ['an emulator that is not there', ['onAccept', '--emulator', 'http://127.0.0.1:9'], 4, 'No emulator answers at http://127.0.0.1:9/'],
  ['an argument that is no JSON', ['onAccept', '{oops'], 2, '{oops is not JSON'],
])('%s is a clear error', async (_, args, exit, words) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['fire', ...args], { cwd: folder.path })
  expect(stderr).toContain(words)
  expect(code).toBe(exit)
})

test('fire reads arguments as JSON or text, and finds a page by the beginning of its id', async () => {
  using folder = temporaryFolder()
  await using emulator = await emulate([], folder.path)
  const { asked, socket } = await openPage(emulator.url, emulator.widgetId, 'called')
  const fire = (...args: string[]) => run(['fire', ...args], { cwd: folder.path })
  await fire('onChangeState', 'chat/min')
  await fire('onChangeState', '5', '5', 'two words')
  await fire('onCallEnd', '[{"result":"fail","reason":"busy"},null]', '--page', 'p000')
  await fire('onOwnThing', '"quoted"', '--force')
  expect(asked).toEqual([
    ['jivo_onChangeState', ['chat/min']],
    ['jivo_onChangeState', ['5', 5, 'two words']],
    ['jivo_onCallEnd', [{ result: 'fail', reason: 'busy' }, null]],
    ['jivo_onOwnThing', ['quoted']],
  ])
  const lost = await fire('onAccept', '--page', 'p9')
  socket.close()
  expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('No open page has an id that begins with p9. Open: p00000000 (http://shop.test/)') })
})

test.each(callbackNames)('fire knows %s', async name => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['fire', name, '--emulator', 'http://127.0.0.1:9'], { cwd: folder.path })
  expect([code, stderr]).toEqual([4, expect.stringContaining('No emulator answers')])
})

test.each([
  [['onAcept'], 'The Widget API has no callback jivo_onAcept.', 'Did you mean jivo_onAccept? --force fires it anyway'],
  [['onZebra'], 'The Widget API has no callback jivo_onZebra.', 'jivo-dev fire --list'],
  [['setContactInfo'], 'setContactInfo is a method of jivo_api', '/playground'],
  [[], 'Say which callback.', 'jivo_onLoadCallback, jivo_onOpen'],
])('fire %j is wrong usage', async (args, problem, hint) => {
  using folder = temporaryFolder()
  const { code, stderr } = await run(['fire', ...args], { cwd: folder.path })
  expect(stderr).toContain(problem)
  expect(stderr).toContain(hint)
  expect(code).toBe(2)
})

test('fire lists the callbacks', async () => {
  using folder = temporaryFolder()
  const { code, stdout } = await run(['fire', '--list'], { cwd: folder.path })
  expect([code, stdout.split('\n').map(line => line.split(' ')[0])]).toEqual([0, [...callbackNames, '']])
})
