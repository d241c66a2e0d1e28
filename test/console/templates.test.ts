import { expect, test } from 'vitest'
import { fillTemplate, findTemplates, joinTexts, quickReplies, templateQuery } from '../../src/console/desk/templates.js'

const templates = [
  { name: 'Greeting', text: 'Hello, {name}!' },
  { name: 'Delivery terms', text: 'Three days.', quick: true },
  { name: 'Bye', text: 'Hello and good bye' },
]

test.each([
  ['/', ''],
  ['/del ', 'del'],
  ['/two words', 'two words'],
  ['', null],
  ['hello /', null],
  [' /x', null],
  ['/usr/bin', null],
  ['/one\ntwo', null],
])('%j asks for templates with %j', (text, query) => {
  expect(templateQuery(text)).toBe(query)
})

test.each([
  ['', ['Greeting', 'Delivery terms', 'Bye']],
  ['DELIV', ['Delivery terms']],
  ['hello', ['Greeting', 'Bye']],
  ['bye', ['Bye']],
  ['e', ['Greeting', 'Delivery terms', 'Bye']],
  ['good', ['Bye']],
  ['(', []],
])('%j finds by name first, then by text', (query, names) => {
  expect(findTemplates(templates, query).map(({ name }) => name)).toEqual(names)
})

test.each([
  ['Hello, {name}!', 'Vera', 'Hello, Vera!'],
  ['Hello, {name}! {name}?', '$& Vera', 'Hello, $& Vera! $& Vera?'],
  ['Hello, {name}! How are you?', null, 'Hello! How are you?'],
  ['What is your number, {name}? I will call.', '', 'What is your number? I will call.'],
  ['{name}, one moment', null, 'one moment'],
])('%j with the name %j reads %j', (text, name, filled) => {
  expect(fillTemplate(text, name)).toBe(filled)
})

test('what is added goes behind what stands there, with one space', () => {
  expect([joinTexts('', 'Hi'), joinTexts('Yes.', 'Hi'), joinTexts('Yes. ', 'Hi'), joinTexts('Yes.\n', 'Hi')]).toEqual(['Hi', 'Yes. Hi', 'Yes. Hi', 'Yes.\nHi'])
})

test('quick replies are the first four templates that are marked', () => {
  const many = Array.from({ length: 6 }, (_, at) => ({ name: String(at), text: 'x', quick: at > 0 }))
  expect(quickReplies(many).map(({ name }) => name)).toEqual(['1', '2', '3', '4'])
  expect(quickReplies(templates).map(({ name }) => name)).toEqual(['Delivery terms'])
})
