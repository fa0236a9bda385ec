// The survey's comfort: everything works without this script. It keeps nothing, and sends only what Send sends.
// Listeners stand on the document, for a fault replaces the body.
{
const form = () => document.getElementById('enkat')
let leaving = false

// Unlike reset(), which goes back to what the server filled in.
const empty = () => {
  for (const field of form()?.elements ?? []) {
    if (/radio|checkbox/.test(field.type)) field.checked = false
    if (/text|select/.test(field.type)) field.value = ''
  }
}

addEventListener('exit', () => {
  leaving = true
  empty()
})

// A new screen is read from its heading, a question from its first control; the sensitive part is closed again.
addEventListener('hashchange', () => {
  for (const open of document.querySelectorAll('.shut[open]')) open.open = false
  const target = document.querySelector('#enkat :target')
  target?.querySelector(target.matches('section') ? 'h2' : 'input,select,textarea')?.focus()
})

document.addEventListener('change', event => {
  const box = event.target
  const question = box.closest('fieldset')
  if (box.type != 'checkbox' || !question) return
  if (box.checked) {
    for (const other of question.querySelectorAll(box.matches('.x') ? ':checked' : '.x:checked')) {
      other.checked = other == box
    }
  }
  // Writing the message anew makes it heard.
  const limit = question.querySelector('.limit')
  if (limit && getComputedStyle(limit).display != 'none') limit.textContent += ''
})

addEventListener('beforeunload', event => {
  const answered = document.querySelector('#enkat :checked:not(option)')
  if (answered && !leaving) event.preventDefault()
})

// Send without leaving the page, so that answers stay where there is no connection.
document.addEventListener('submit', async event => {
  const button = event.submitter
  leaving = true
  if (button?.value != 'submit') return
  event.preventDefault()
  // Too many choices: to where that is told, in the question.
  const limit = [...document.querySelectorAll('.limit')].find(limit => limit.getClientRects().length)
  if (limit) {
    leaving = false
    limit.tabIndex = -1
    addEventListener('hashchange', () => limit.focus(), { once: true })
    return location.hash = limit.parentNode.id
  }
  const state = document.getElementById('lage')
  const body = new URLSearchParams(new FormData(form()))
  body.append('action', 'submit')
  state.textContent = form().dataset.sending
  button.disabled = true
  try {
    const reply = await fetch(form().getAttribute('action'), { method: 'POST', body })
    if (reply.redirected) {
      empty()
      return location.replace(reply.url)
    }
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html')
    if (!page.getElementById('enkat')) throw reply.status
    document.title = page.title
    document.body.replaceWith(page.body)
    history.replaceState(null, '', location.pathname)
    scrollTo(0, 0)
    document.querySelector('.faults a')?.focus()
  } catch {
    state.textContent = form().dataset.offline
  }
  button.disabled = leaving = false
})
}
