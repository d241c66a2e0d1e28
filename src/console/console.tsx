import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './desk/desk.css'
import './desk/first-run.css'
import './timeline/timeline.css'
import './timeline/event-detail.css'
import './styles/narrow.css'
import { render } from 'preact'
import { connect } from './live.js'
import { Shell } from './shell.js'
import { createStore } from './store.js'

const store = createStore()
render(<Shell store={store} />, document.body)
void connect(store)
