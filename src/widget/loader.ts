import { bundleLocales, type JivoConfig, type WidgetConfig, type WidgetStatus, widgetIdPattern } from '../contracts/widget-loading.js'
import type { Bundle, RunningWidget } from './boot.js'
import { addContainer } from './container.js'
import { randomId } from './ids.js'
import { deletedUntil, type LoaderInfo, noteLoaderInfo, readLoaderInfo } from './loader-info.js'
import { afterDelay, whenReady, whenUsed } from './moments.js'
import { globals } from './page-globals.js'
import { findScript, idOf } from './script-tag.js'
import { languageOf } from './words.js'

/**
 * What the snippet loads: small, and no widget yet. It does what Jivo's own loader 30.1.0 was seen to do, in its order:
 * guards, globals, config, status, waiting, bundle. Steps that a page cannot notice are left out.
 */

/** Written in front of this script by the emulator that serves it. The id is empty for `/widget.js`. */
declare const __JIVO_DEV__: { readonly id: string; readonly host: string; readonly siteId: string }

/** Loads of the config in a row, as in Jivo's loader. */
const mostConfigLoads = 4

/** The container goes a little after the rest, as in Jivo's loader. Milliseconds. */
const containerStays = 10

/** Jivo's loader takes this status for maintenance. */
const maintenance = 480

/** What did not load is tried again: an emulator is restarted more often than Jivo's servers. Ours, a guess. */
const mostTries = 4
const retryPause = 2_000

const storage = () => localStorage

const load = (id: string) => {
  const { host, siteId } = __JIVO_DEV__
  const page = randomId('p')
  /** What stands while the config is being loaded, and what a page may not start. */
  let phase: 'idle' | 'loading' | 'refused' | 'ready' = 'idle'
  let config: JivoConfig | null = null
  let geo: readonly string[] = []
  let widget: RunningWidget | null = null
  let container: HTMLElement | null = null
  let code: Bundle | null = null
  let isAwaited = false
  let tries = 0
  /** Another number when the page took the widget away meanwhile. */
  let run = 0
  let callOff = () => {}

  const note = (news: LoaderInfo) => noteLoaderInfo(storage, id, news)

  const say = (text: string) => console.info(`Jivo widget ${id}: ${text}`)

  const begin = () => {
    const mine = run
    void prepare().catch(error => {
      if (mine !== run) return
      phase = 'idle'
      again(error, begin)
    })
  }

  const prepare = async () => {
    const mine = run
    const info = readLoaderInfo(storage, id)
    const until = deletedUntil(info, Date.now())
    if (until !== null) {
      phase = 'refused'
      return say(`deleted; this browser remembers it until ${new Date(until).toISOString()}, in localStorage jv_loader_info_${id}`)
    }
    phase = 'loading'
    const loaded = await loadSettings(info.configUpdatedTs)
    if (mine !== run) return
    config = loaded.config
    globals.jivo_config = config
    note({ configUpdatedTs: config.config_updated_ts })
    const refusal = refusalOf(loaded)
    phase = refusal === null ? 'ready' : 'refused'
    if (config.isDeleted) note({ deletedInfo: { at: Date.now() } })
    if (refusal !== null) return say(refusal)

    const isCached = info.bundleLoaded === true && info.buildNumber === config.build_number
    callOff = whenReady(isCached ? 'interactive' : 'complete', () => {
      if (config?.enable_bundle_wait === true && info.isChatStarted !== true) callOff = whenUsed(fetchBundle)
      else if (config !== null && config.bundle_delay > 0) callOff = afterDelay(config.bundle_delay, fetchBundle)
      else fetchBundle()
    })
  }

  /** The config, and once more when the status knows of a newer one. */
  const loadSettings = async (known?: number) => {
    let version = known
    for (let loads = 0; loads < mostConfigLoads; loads += 1) {
      const asked = await fetch(`//${host}/script/widget/config/${id}${version === undefined ? '' : `?v=${version}`}`)
      if (!asked.ok) throw new Error(`no config: ${asked.status}`)
      const fresh = (await asked.json()) as WidgetConfig
      const answer = await fetch(`//${fresh.comet.host}/widget/status/${siteId || fresh.site_id}/${id}?rnd=${Math.random()}`)
      const status = answer.ok ? ((await answer.json()) as WidgetStatus) : null
      if (status !== null && status.config_updated_ts > fresh.config_updated_ts) {
        version = status.config_updated_ts
        continue
      }
      geo = (answer.headers.get('X-GeoIP') ?? '').split(';')
      const config: JivoConfig = { ...fresh, chat_mode: (status?.agents.length ?? 0) > 0 ? 'online' : 'offline' }
      return { config, isClosed: answer.status === maintenance || status?.maintenance === true }
    }
    throw new Error('the config changes faster than it loads')
  }

  const fetchBundle = () => {
    if (config === null) return
    callOff = () => {}
    isAwaited = true
    for (const old of document.querySelectorAll('script.js-jivo-bundle')) old.remove()
    const script = document.createElement('script')
    script.className = 'js-jivo-bundle'
    script.async = true
    if (typeof globals.jivo_cspNonce === 'string') script.nonce = globals.jivo_cspNonce
    script.onerror = () => {
      if (isAwaited) again(new Error(`the bundle did not load from ${script.src}`), fetchBundle)
    }
    script.src = `${config.base_url}${config.bundle_folder}/js/bundle_${bundleLocales[language()]}.js?rand=${config.build_number}`
    document.head.append(script)
  }

  const language = () => (config === null || config.locale === 'page' ? languageOf(document.documentElement.lang || navigator.language) : config.locale)

  const again = (error: unknown, what: () => void) => {
    onError(error)
    tries += 1
    if (tries < mostTries) callOff = afterDelay(retryPause, what)
  }

  const onError = (error: unknown) => console.error(`Jivo widget ${id}:`, error)

  /** The widget goes away, whatever it waits for. */
  const leave = (isDestroyed: boolean) => {
    run += 1
    isAwaited = false
    callOff()
    callOff = () => {}
    window.dispatchEvent(new Event('jBeforeunload'))
    const [lastWidget, lastContainer] = [widget, container]
    widget = null
    container = null
    lastWidget?.stop(isDestroyed)
    setTimeout(() => lastContainer?.remove(), containerStays)
  }

  globals.__jivoOnError = onError
  globals.__hasStorage = hasStorage()

  globals.__jivoBundleOnLoad = (bundle: Bundle) => {
    if (!isAwaited) return
    isAwaited = false
    tries = 0
    code = bundle
    start()
  }

  const start = () => {
    if (config === null || code === null || widget !== null) return
    note({ bundleLoaded: true, buildNumber: config.build_number })
    globals.jivo_config = config
    container = addContainer()
    widget = code({ page, config, language: language(), container, geo, noteChat: () => note({ isChatStarted: true }) })
  }
  globals.__jivoBundleInit = start

  // Jivo's own throws when it comes before the config; here it warns, and the widget starts all the same.
  globals.jivo_init = () => {
    if (phase === 'refused') return
    if (phase !== 'ready') {
      console.warn(`jivo_init() was called before the config of widget ${id} came: Jivo's own loader throws here. The widget starts by itself.`)
      globals.jivo_magic_var = true
      if (phase === 'idle') {
        callOff()
        begin()
      }
      return
    }
    leave(false)
    globals.jivo_magic_var = true
    callOff = whenReady('interactive', fetchBundle)
  }

  globals.jivo_destroy = () => {
    if (globals.jivo_magic_var === undefined) {
      console.warn(`jivo_destroy() was called while there is no widget: Jivo's own loader throws an error then.`)
      return
    }
    delete globals.jivo_magic_var
    leave(true)
    if (phase === 'loading') phase = 'idle'
  }

  begin()
}

const refusalOf = ({ config, isClosed }: { readonly config: JivoConfig; readonly isClosed: boolean }): string | null => {
  if (config.isDeleted) return 'deleted'
  if (config.host_blacklist.some(host => host === '*' || host === location.hostname)) return `blocked on ${location.hostname}`
  return isClosed ? 'closed for maintenance' : null
}

const hasStorage = (): boolean => {
  try {
    localStorage.setItem('testLocalStorage', '1')
    localStorage.removeItem('testLocalStorage')
    return true
  } catch {
    return false
  }
}

const guarded = () => {
  if (globals.jivo_magic_var !== undefined) return
  if (typeof WebSocket === 'undefined') return console.error('Not supported browser')
  const script = findScript()
  const id = __JIVO_DEV__.id || idOf(script)
  if (!widgetIdPattern.test(id)) return console.error(`Widget id is not valid: ${id || '(empty)'}. It has 10 letters and digits, or digits only.`)
  globals.jivo_magic_var = true
  const nonce = script?.nonce || script?.getAttribute('nonce')
  if (nonce) globals.jivo_cspNonce = nonce
  load(id)
}

guarded()
