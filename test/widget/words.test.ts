import { expect, test } from 'vitest'
import { languageOf } from '../../src/widget/words.js'

test('Russian pages get Russian words, all others English', () => {
  expect(['ru', 'ru-RU', 'RU', 'en', 'rum', 'uk', ''].map(languageOf)).toEqual(['ru', 'ru', 'ru', 'en', 'en', 'en', 'en'])
})
