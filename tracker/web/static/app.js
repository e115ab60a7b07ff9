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
    for (const box of boxes) {
      if (box.checked === all.checked) continue
      box.checked = all.checked
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

// The marked passage of the source is brought into view inside its own pane, without moving the page.
export function showMark(pane, mark) {
  if (!pane || !mark) return
  const top = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top
  pane.scrollTop += top - pane.clientHeight / 3
}

// Points name their passage by data-mark="id of the <mark>"; the one in hand is shown.
function showPassage(point) {
  const mark = document.getElementById(point.dataset.mark ?? "")
  for (const other of document.querySelectorAll("mark.app-mark--now")) other.classList.remove("app-mark--now")
  mark?.classList.add("app-mark--now")
  showMark(mark?.closest(".app-pane--source"), mark)
}

const marked = document.querySelector("mark.app-mark--now")
showMark(marked?.closest(".app-pane--source"), marked)

// <… data-keys> holds elements with data-key-item: j and k go down and up, Enter presses the item's data-key-enter.
// Keys are left alone while somebody types, or holds Control, Alt or Command.
for (const list of document.querySelectorAll("[data-keys]")) {
  const items = () => [...list.querySelectorAll("[data-key-item]")]
  const current = () => list.querySelector("[data-key-item].app-point--now")
  const choose = (item, focus) => {
    for (const other of items()) other.classList.toggle("app-point--now", other === item)
    showPassage(item)
    if (!focus) return
    item.setAttribute("tabindex", "-1")
    item.focus({ preventScroll: true })
    item.scrollIntoView({ block: "nearest" })
  }
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-key-item]")
    if (item && item !== current()) choose(item, false)
  })
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.target.closest("input, textarea, select, button, a, summary, [contenteditable]")) return
    const all = items()
    const at = all.indexOf(current())
    if (event.key === "j" || event.key === "k") {
      const next = all[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), all.length - 1)]
      if (next) choose(next, true)
    } else if (event.key === "Enter" && at >= 0) {
      all[at].querySelector("[data-key-enter]")?.click()
    } else return
    event.preventDefault()
  })
}
