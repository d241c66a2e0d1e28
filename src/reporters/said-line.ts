import type { Said } from '../chat/conversation.js'
import { oneLine } from './paint.js'

/** A message as one line of text that controls no terminal: buttons with their numbers, a file as its address. */
export const saidLine = (said: Pick<Said, 'text' | 'content'>): string => oneLine(saidText(said))

/** The same, with its line breaks. */
export const saidLines = (said: Pick<Said, 'text' | 'content'>): string => saidText(said).split(/\r?\n/).map(oneLine).join('\n')

const saidText = ({ text, content }: Pick<Said, 'text' | 'content'>): string => {
  switch (content?.kind) {
    case 'buttons':
      return `${text}  ${content.buttons.map((button, at) => `[${at + 1}] ${button.text}`).join('  ')}`
    case 'file':
      return text === content.name ? content.url : `${text} ${content.url}`
    case 'location': {
      const place = `${content.latitude}, ${content.longitude}`
      return text.includes(place) ? text : `${text} ${place}`
    }
    default:
      return text
  }
}
