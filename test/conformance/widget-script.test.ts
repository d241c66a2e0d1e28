import { describe, expect, test } from 'vitest'
import { doors } from '../helpers/doors.js'

describe.each(doors)('%s', (_, open) => {
  test.each([
    '/widget/mAg88Rlsa9',
    '/script/widget/mAg88Rlsa9',
    '/script/widget/mAg88Rlsa9?plugin=wp',
    '/widget/12345',
    '/script/widget/mAg88Rlsa9%7D',
    '/script/geo-widget/mAg88Rlsa9',
  ])('the script at %s has its id baked in and is for any page', async path => {
    await using door = await open()
    const response = await door.ask(path)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toMatch(/^\(\(\)=>\{const __JIVO_DEV__=\{"id":"(mAg88Rlsa9|12345)","host":"[^"]+","siteId":"700011"\};/)
  })

  test('the script for a malformed id says so in the browser console', async () => {
    await using door = await open()
    const text = await (await door.ask('/widget/short1')).text()
    expect(text).toBe('console.error("Widget id is not valid: short1. It has 10 letters and digits, or digits only.")')
  })

  test('widget.js leaves its id to the tag', async () => {
    await using door = await open()
    const response = await door.ask('/widget.js')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toContain('const __JIVO_DEV__={"id":"",')
  })

  test('the config has the keys that sites and the loader read, for any page', async () => {
    await using door = await open()
    const response = await door.ask('/script/widget/config/mAg88Rlsa9%7D?v=1')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const config = (await response.json()) as { comet: { host: string } }
    expect(config).toEqual({
      widget_id: 'mAg88Rlsa9',
      site_id: '700011',
      base_url: `//${config.comet.host}`,
      bundle_folder: '/script/bundle',
      build_number: expect.any(Number),
      config_updated_ts: door.emulator.clock.now(),
      comet: { host: expect.any(String) },
      enable_bundle_wait: false,
      bundle_delay: 0,
      isDeleted: false,
      host_blacklist: [],
      hide_offline: 0,
      locale: 'page',
      widget_color: expect.stringMatching(/^#[0-9a-f]{6}$/),
    })
    expect((await door.ask('/script/widget/config/short1')).status).toBe(404)
    const bundle = await door.ask('/script/bundle/js/bundle_en_US.js?rand=1')
    expect([bundle.status, bundle.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
    expect((await door.ask('/script/bundle/js/bundle_xx_XX.js')).status).toBe(404)
  })

  test('the status says who is online, where the visitor is, and when the config changed', async () => {
    await using door = await open({ mode: 'manual' })
    const { emulator } = door
    const status = await door.ask('/widget/status/700011/mAg88Rlsa9?rnd=0.1')
    expect(await status.json()).toEqual({ agents: [6001, 6002, 6003], premium: true, bots: [], maintenance: false, config_updated_ts: emulator.clock.now() })
    expect(
      Object.fromEntries(
        ['access-control-allow-origin', 'access-control-expose-headers', 'x-botmode', 'x-geoip'].map(name => [name, status.headers.get(name)]),
      ),
    ).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'X-BotMode, X-GeoIP',
      'x-botmode': 'no',
      'x-geoip': 'RU;Tver Oblast;Tver',
    })
    emulator.clock.move(1_000)
    await emulator.dispatch({ type: 'channel.editWidget', channel: '3948', widget: { boot: 'lazy', status: 'deleted' } })
    const changed = { enable_bundle_wait: true, isDeleted: true, config_updated_ts: emulator.clock.now() }
    expect(await (await door.ask('/script/widget/config/mAg88Rlsa9')).json()).toMatchObject(changed)
    await emulator.dispatch({ type: 'channel.editWidget', channel: '3948', widget: { boot: 1_500, status: 'blocked' } })
    expect(await (await door.ask('/script/widget/config/mAg88Rlsa9')).json()).toMatchObject({ bundle_delay: 1_500, isDeleted: false, host_blacklist: ['*'] })
  })

  test('while nobody is online the status names no agent', async () => {
    await using door = await open({ mode: 'offline' })
    expect(await (await door.ask('/widget/status/700011/mAg88Rlsa9')).json()).toMatchObject({ agents: [] })
  })

  test('a wrong method is answered 405 with the right ones', async () => {
    await using door = await open()
    const response = await door.ask('/widget/mAg88Rlsa9', { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
  })
})

test('behind msw, what is not a route of Jivo is left to other handlers, and control routes are not there', async () => {
  const [, open] = doors[2] ?? []
  if (open === undefined) throw new Error('the door through msw is gone')
  await using door = await open()
  await expect(door.ask('/nothing/here')).rejects.toThrow()
  await expect(door.ask('/_dev/state')).rejects.toThrow()
})
