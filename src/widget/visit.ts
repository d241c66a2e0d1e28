import type { CookieJar } from './cookies.js'

/**
 * Cookies about the visit. Names and values are seen on real sites; how long they last and when a visit ends are guesses.
 * Nothing here is read by the widget itself: sites and their analytics read it.
 */

/** Seconds after which whoever comes is on a new visit. */
const visitLasts = 12 * 60 * 60
const countLasts = 365 * 24 * 60 * 60

interface Arrival {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly referrer: string
  /** Host of the page: who comes from it was here already. */
  readonly host: string
  readonly geo: readonly string[]
}

export const noteVisit = (cookies: CookieJar, widgetId: string, { now, referrer, host, geo }: Arrival): void => {
  const name = (of: string) => `jv_${of}_${widgetId}`
  const count = (of: string) => Number(cookies.get(name(of)) ?? 0) || 0
  if (cookies.get(name('enter_ts')) === null) {
    cookies.set(name('enter_ts'), String(now), visitLasts)
    cookies.set(name('visits_count'), String(count('visits_count') + 1), countLasts)
    cookies.set(name('pages_count'), '1', visitLasts)
    if (referrer === '' || referrer.split('/')[2] === host) cookies.remove(name('refer'))
    else cookies.set(name('refer'), encodeURIComponent(referrer.slice(0, 1_000)), visitLasts)
  } else cookies.set(name('pages_count'), String(count('pages_count') + 1), visitLasts)
  cookies.set(name('gui_state'), 'WIDGET', visitLasts)
  const [country = '', , city = ''] = geo
  if (country !== '') cookies.set(name('country'), encodeURIComponent(country), visitLasts)
  if (city !== '') cookies.set(name('city'), encodeURIComponent(city), visitLasts)
}
