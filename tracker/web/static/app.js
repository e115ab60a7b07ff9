// What JavaScript adds to our own pages. Every page works without it; each part looks for its own data attribute.

// <form data-unsaved>: warn before leaving with changes that were not sent.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false
  const warn = (event) => event.preventDefault()
  form.addEventListener("input", () => {
    if (!changed) window.addEventListener("beforeunload", warn)
    changed = true
  })
  form.addEventListener("submit", () => window.removeEventListener("beforeunload", warn))
}

// <input type="checkbox" data-select-all="points">: ticks every checkbox with that name in its form, and follows them.
for (const all of document.querySelectorAll("input[data-select-all]")) {
  const scope = all.form ?? document
  const boxes = [...scope.querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.selectAll)}"]`)]
  const follow = () => {
    const ticked = boxes.filter((box) => box.checked).length
    all.checked = ticked > 0 && ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
  }
  all.addEventListener("change", () => {
    const wanted = all.checked // each box that changes makes the one above all follow it, so it is asked only once
    for (const box of boxes) {
      if (box.checked === wanted) continue
      box.checked = wanted
      box.dispatchEvent(new Event("change", { bubbles: true }))
    }
  })
  for (const box of boxes) box.addEventListener("change", follow)
  follow()
}

// <… data-submits> inside a form: sending at once when it changes (a filter or a sort order). The form keeps its button.
for (const control of document.querySelectorAll("[data-submits]")) {
  control.addEventListener("change", () => control.form?.requestSubmit())
}

// <details data-closed-when-narrow>: filters are open beside a list, and folded above it on a phone.
if (window.matchMedia("(max-width: 60em)").matches) {
  for (const panel of document.querySelectorAll("details[data-closed-when-narrow]")) panel.open = false
}

// Error summary links that point to a date group go to its first input.
for (const link of document.querySelectorAll(".govuk-error-summary a[href^='#']")) {
  const target = document.getElementById(link.hash.slice(1))
  const input = target?.matches(".govuk-date-input") ? target.querySelector("input") : null
  if (input) link.hash = input.id
}

// The passage of the point in hand is brought into view inside its own pane, without moving the page.
const marked = document.querySelector("mark.app-mark--now")
const pane = marked?.closest(".app-pane--source")
if (pane && !pane.querySelector("img")) { // where the page is shown as a picture, the passage is marked on it
  const top = marked.getBoundingClientRect().top - pane.getBoundingClientRect().top
  pane.scrollTop += top - pane.clientHeight / 3
}

// <… data-here="address"> on the page of one thing after another: says that somebody is here, so that opening the page
// again leads here. Nothing waits for the answer, and nothing is said where it fails.
const here = document.querySelector("[data-here]")
const token = document.querySelector("input[name=csrf_token]")
if (here && token) {
  fetch(here.dataset.here, { method: "POST", body: new URLSearchParams({ csrf_token: token.value }), keepalive: true }).catch(() => {})
}

// <… data-keys> on the page of one thing after another: j and k go to the next and the one before, Enter presses the
// main button. Keys are left alone while somebody types, or holds Control, Alt or Command.
const keys = { j: "[data-key-next]", k: "[data-key-previous]", Enter: "[data-key-enter]" }
if (document.querySelector("[data-keys]")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !(event.key in keys)) return
    if (event.target.closest("input, textarea, select, button, a, summary, [contenteditable]")) return
    document.querySelector(keys[event.key])?.click()
    event.preventDefault()
  })
}
