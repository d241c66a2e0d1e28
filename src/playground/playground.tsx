import './playground.css'
import { render } from 'preact'
import { connect } from '../console/live.js'
import { createStore } from '../console/store.js'
import { App } from './app.js'
import { createPageLog } from './page-log.js'

const address = document.currentScript?.dataset.widget
const store = createStore()
const log = createPageLog(store)
render(<App store={store} log={log} />, document.body)
void connect(store)

// The widget comes when the journal is followed: not one event of this page is missed.
const stop = store.subscribe(() => {
  if (store.link === 'loading') return
  stop()
  const script = document.createElement('script')
  script.src = address ?? ''
  document.body.append(script)
})
