// The shop is an ordinary site: its callbacks are global functions, defined before the widget loads.

const asked = new URLSearchParams(location.search).get('lang')
const language = (asked ?? navigator.language).toLowerCase().startsWith('ru') ? 'ru' : 'en'
document.documentElement.lang = language

/** Callbacks since the page was opened, newest first, as far as the list shows them. */
const calls = []
const mostShown = 50
let count = 0

const callbacks = [
  'jivo_onLoadCallback',
  'jivo_onOpen',
  'jivo_onClose',
  'jivo_onChangeState',
  'jivo_onMessageSent',
  'jivo_onClientStartChat',
  'jivo_onIntroduction',
  'jivo_onAccept',
  'jivo_onMessageReceived',
  'jivo_onCallStart',
  'jivo_onCallEnd',
  'jivo_onResizeCallback',
  'jivo_onWidgetDestroy',
]

/** Who is logged in at the shop; it outlives a reload, as a session of a real site does. */
const userKey = 'shop_user'
let user = localStorage.getItem(userKey) ?? ''

/** As a real site does: its server signs a token, and the page hands it to the widget before the dialog. */
const tellWidget = async () => {
  const problem = document.querySelector('.login-failed')
  problem.hidden = true
  if (user === '') return
  const asked = user
  const response = await fetch(`/shop/token?user=${asked}`)
  const answer = await response.json()
  if (asked !== user) return
  if (response.ok) return window.jivo_api?.setUserToken(answer.token)
  problem.textContent = answer.error.message
  problem.hidden = false
}

/** On logout history and contacts leave this browser; the account keeps its client. */
const logIn = next => {
  if (next === user) return
  if (user !== '' && next === '') window.jivo_api?.clearHistory()
  user = next
  if (user === '') localStorage.removeItem(userKey)
  else localStorage.setItem(userKey, user)
  showUser()
  void tellWidget()
}

const showUser = () => {
  for (const button of document.querySelectorAll('.who button')) button.setAttribute('aria-pressed', String(button.dataset.user === user))
}

for (const name of callbacks) {
  window[name] = (...args) => {
    if (name === 'jivo_onLoadCallback') void tellWidget()
    count += 1
    calls.unshift({ name, args: args.map(arg => JSON.stringify(arg)).join(', '), time: new Date().toLocaleTimeString('ru') })
    calls.length = Math.min(calls.length, mostShown)
    showCalls()
  }
}

const showCalls = () => {
  const list = document.querySelector('.calls ol')
  if (list === null) return
  const lines = calls.map(({ name, args, time }) => {
    const line = document.createElement('li')
    const code = document.createElement('code')
    code.textContent = `${name}(${args})`
    const clock = document.createElement('time')
    clock.textContent = time
    line.append(code, clock)
    return line
  })
  list.replaceChildren(...lines)
  document.querySelector('.calls .count').textContent = String(count)
  document.querySelector('.calls .last').textContent = calls[0]?.name ?? ''
}

/** The other language of what is not text between tags. */
const translate = () => {
  for (const element of document.querySelectorAll('[data-ru]')) element.textContent = element.dataset.ru
  for (const element of document.querySelectorAll('[data-ru-label]')) element.setAttribute('aria-label', element.dataset.ruLabel)
}

addEventListener('DOMContentLoaded', () => {
  if (language === 'ru') translate()
  showCalls()
  showUser()
  document.querySelector('.who').addEventListener('click', ({ target }) => {
    const button = target.closest('button')
    if (button !== null) logIn(button.dataset.user)
  })

  let sum = 2490
  const cart = document.querySelector('.cart .sum')
  document.querySelector('.add').addEventListener('click', () => {
    sum += 4900
    // Digits grouped with a space that does not break, as in the prices of this page.
    cart.textContent = `${String(sum).replace(/\B(?=(\d{3})+$)/g, '\u00a0')}\u00a0₽`
  })
  document.querySelector('.ask').addEventListener('click', () => window.jivo_api?.open({ start: 'chat' }))
})
