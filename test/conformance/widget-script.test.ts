import { describe, expect, test } from 'vitest'
import { doors } from '../helpers/doors.js'

describe.each(doors)('%s', (_, open) => {
  test.each(['/widget/mAg88Rlsa9', '/script/widget/mAg88Rlsa9', '/script/widget/mAg88Rlsa9?plugin=wp', '/widget/12345', '/script/widget/mAg88Rlsa9%7D'])(
    'the script at %s has its id baked in and is for any page',
    async path => {
      await using door = await open()
      const response = await door.ask(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.text()).toMatch(/^\(\(\)=>\{const __JIVO_DEV__=\{"id":"(mAg88Rlsa9|12345)","host":"[^"]+","siteId":"700011"\};/)
    },
  )

  test('the script for a malformed id says so in the browser console', async () => {
    await using door = await open()
    const text = await (await door.ask('/widget/short1')).text()
    expect(text).toBe('console.error("Widget id is not valid: short1. It has 10 letters and digits, or digits only.")')
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
