import { randomId } from './ids.js'
import { globals } from './page-globals.js'
import { type RunningWidget, runWidget } from './running-widget.js'

/**
 * What the snippet loads. It behaves as Jivo's own loader does: nothing happens a second time on the same page, the widget
 * starts when the page has loaded, `jivo_init` starts it again and `jivo_destroy` takes it away.
 */

/** Written in front of this script by the emulator that serves it. */
declare const __JIVO_DEV__: { readonly id: string; readonly host: string; readonly siteId: string }

const load = () => {
  const page = randomId('p')
  let widget: RunningWidget | null = null

  const start = () => {
    window.removeEventListener('load', start)
    if (document.readyState !== 'complete') return window.addEventListener('load', start)
    widget = runWidget({ ...__JIVO_DEV__, page })
  }

  const leave = () => {
    window.removeEventListener('load', start)
    window.dispatchEvent(new Event('jBeforeunload'))
  }

  globals.jivo_init = () => {
    leave()
    widget?.stop()
    widget = null
    globals.jivo_magic_var = true
    start()
  }

  globals.jivo_destroy = () => {
    if (globals.jivo_magic_var === undefined) return
    leave()
    delete globals.jivo_magic_var
    const last = widget
    widget = null
    if (last === null) return
    last.stop(fire => fire('jivo_onWidgetDestroy'))
  }

  start()
}

if (globals.jivo_magic_var === undefined) {
  if (typeof WebSocket === 'undefined') console.error('Not supported browser')
  else {
    globals.jivo_magic_var = true
    load()
  }
}
