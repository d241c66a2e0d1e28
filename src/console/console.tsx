import './styles/console.css'
import { render } from 'preact'
import { connect } from './live.js'
import { Shell } from './shell.js'
import { createStore } from './store.js'

const store = createStore()
render(<Shell store={store} />, document.body)
void connect(store)
