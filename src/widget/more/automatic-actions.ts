import type { AutomaticAction } from '../../contracts/widget-settings.js'

/** What automatic actions are judged by. */
export interface Moment {
  /** Since the page was opened. */
  readonly seconds: number
  /** How far the page has been scrolled at most, in percent; 100 for a page that fits the screen. */
  readonly scrolled: number
  readonly url: string
  /** Pages seen so far, this one included. */
  readonly pages: number
}

/** Whether everything that the action waits for has come. */
export const isDue = ({ when: { seconds = 0, scrolled = 0, url = '', pages = 0 } }: AutomaticAction, now: Moment): boolean =>
  now.seconds >= seconds && now.scrolled >= scrolled && now.url.includes(url) && now.pages >= pages
