import { expect, test } from 'vitest'
import { parseCall } from '../../src/emulator/api-effects.js'
import { createSecretStore } from '../../src/emulator/secrets.js'

const parse = (method: string, args: unknown[], result: unknown = null) => parseCall({ type: 'api', method, args, result }, createSecretStore())
const effects = (method: string, args: unknown[], result?: unknown) => parse(method, args, result).effects
const misuse = (problem: unknown) => [{ kind: 'misuse', problem }]

test.each([
  [
    'setContactInfo',
    [{ name: 'Vera', phone: null, extra: 1 }],
    [{ kind: 'contacts', contacts: { name: 'Vera', phone: null } }, ...misuse('extra is not one of name, email, phone, description')],
  ],
  ['setCustomData', [[{ content: 'Gold', title: 'Plan', more: true }]], [{ kind: 'custom-data', fields: [{ content: 'Gold', title: 'Plan' }] }]],
  ['setClientAttributes', [{ plan: 'gold', orders: 3 }], [{ kind: 'attributes', attributes: { plan: 'gold', orders: 3 } }]],
  ['setClientAttributes', [], misuse(expect.stringMatching(/^expected texts and numbers by attribute id: /))],
  ['setClientAttributes', [{ plan: null }], misuse(expect.stringMatching(/^expected texts and numbers/))],
  ['sendPageTitle', ['Cart', true, '/cart'], [{ kind: 'page', title: 'Cart', url: '/cart' }]],
  ['sendPageTitle', ['Cart'], [{ kind: 'page', title: 'Cart', url: undefined }]],
  ['sendPageTitle', ['Cart', true, 5], [{ kind: 'page', title: 'Cart', url: undefined }, ...misuse('the third argument, the address, is not a string')]],
  ['sendPageTitle', [null], misuse('the title is not a string')],
  ['showProactiveInvitation', ['Hi', 3], [{ kind: 'invitation', text: 'Hi', department: 3 }]],
  ['showProactiveInvitation', ['Hi', 'sales'], [{ kind: 'invitation', text: 'Hi', department: undefined }, ...misuse('the department is not a whole number')]],
  ['startCall', ['+7900'], [{ kind: 'call', phone: '+7900' }]],
  ['setRules', [[{ when: { seconds: 5 }, invite: { text: 'Hi' } }]], [{ kind: 'rules', actions: 1 }]],
  ['setRules', [[]], [{ kind: 'rules', actions: 0 }]],
  ['setRules', [{ version: 2 }], [{ kind: 'rules', actions: 0 }, ...misuse(expect.stringContaining('is not public'))]],
  ['clearHistory', [], [{ kind: 'clear' }]],
  ['open', [{ start: 'chat' }], []],
  ['chatMode', [], []],
])('%s%j means %j', (method, args, expected) => {
  expect(effects(method, args)).toEqual(expected)
})

test('what the widget refused has no effect but a warning with the words that the page got', () => {
  expect(effects('setCustomData', [[{ content: 'x' }]], { result: 'fail', reason: 'at most 10 fields, got 11' })).toEqual(misuse('at most 10 fields, got 11'))
  expect(effects('sendOfflineMessage', [{}], { result: 'fail', error: 'the widget is online' })).toEqual(misuse('the widget is online'))
  expect(effects('startCall', ['+7900'], { result: 'fail' })).toEqual(misuse('refused'))
})

test('a token is masked in the arguments and in the answer', () => {
  const { args, result, effects: found } = parse('setUserToken', ['secret-of-vera', 'rest'], { result: 'ok', token: 'secret-of-vera' })
  expect(JSON.stringify([args, result, found])).not.toContain('secret-of-vera')
  expect(found).toEqual([{ kind: 'token', token: args[0] }])
  expect(result).toEqual({ result: 'ok', token: args[0] })
  expect(args[1]).toBe('rest')
})

test.each([[''], [5], [undefined], [{ id: 1 }]])('%j is no token, and is warned of', token => {
  expect(effects('setUserToken', [token], { result: 'fail', token: false })).toEqual(misuse('expected the token, a text that is not empty'))
})
