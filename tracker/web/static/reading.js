// <… data-reading="address">: asks how far the reading of a report is, shows it, and goes on when it has ended.
// Without it the page has a link "Look again". It stops asking after a while, so that a page left open does not ask all night.

const EVERY = 1000 // milliseconds; each time nothing has changed a little longer, up to SELDOM
const SELDOM = 5000
const AT_MOST = 600_000

const page = document.querySelector("[data-reading]")
const began = Date.now()
let wait = EVERY

async function ask() {
  const answer = await fetch(page.dataset.reading, { headers: { Accept: "application/json" }, redirect: "error" })
  if (!answer.ok) throw new Error(answer.statusText)
  return answer.json()
}

function show(state) {
  page.dataset.status = state.status
  page.querySelector("[data-reading-steps]").innerHTML = state.steps // written by our own template, names escaped
  page.querySelector("[data-reading-said]").textContent = state.said
}

function byHand(wanted) {
  page.querySelector("[data-reading-by-hand]").hidden = !wanted
  page.querySelector("[data-reading-alone]").hidden = wanted
}

async function follow() {
  try {
    const state = await ask()
    if (state.ended) return location.reload() // the page itself knows where to go on
    if (state.status !== page.dataset.status) show(state)
    else wait = Math.min(wait * 1.2, SELDOM)
  } catch {
    wait = SELDOM // away for a moment, or signed out: the link is there
    byHand(true)
  }
  if (Date.now() - began < AT_MOST) setTimeout(follow, wait)
  else byHand(true)
}

if (page) {
  byHand(false)
  setTimeout(follow, EVERY / 2)
}
