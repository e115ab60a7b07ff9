// Starts the behaviour of GOV.UK Frontend. The page works without it.
import { initAll } from "./govuk-frontend-6.3.0/govuk-frontend.min.js"

document.body.classList.add("js-enabled", "govuk-frontend-supported")
initAll()
