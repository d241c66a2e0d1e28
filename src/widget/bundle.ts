import type { Bundle } from './boot.js'
import { globals } from './page-globals.js'
import { runWidget } from './running-widget.js'

/** The widget itself. The loader that asked for this script takes it, unless the page has taken the loader away since. */
const take = globals.__jivoBundleOnLoad
if (typeof take === 'function') (take as (bundle: Bundle) => void)(runWidget)
