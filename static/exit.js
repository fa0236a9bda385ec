// The quick exit: on every page. Without this script its link does the same, and leaves our page in the history.
{
let shifts = []

// The survey's own script empties the form when it hears `exit`.
const exit = () => {
  document.body.hidden = true
  dispatchEvent(new Event('exit'))
  location.replace('/ut')
}

document.addEventListener('click', event => {
  if (!event.target.closest('[href="/ut"]')) return
  event.preventDefault()
  exit()
})

// Three presses of Shift within five seconds, and of nothing else between them.
document.addEventListener('keydown', event => {
  if (event.key != 'Shift') return shifts = []
  if (event.repeat) return
  shifts = [...shifts.filter(press => event.timeStamp - press < 5000), event.timeStamp]
  if (shifts.length > 2) exit()
})
}
