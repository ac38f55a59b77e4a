/* Starts what makes a page alive. Without it, everything is there but still. */

import { startDismissing } from "./dismiss.js";
import { listen } from "./live.js";
import { startRoving } from "./roving.js";
import { startSeries } from "./series.js";

listen(document.body.dataset.socket);
startDismissing(document);
startRoving(document);
startSeries(document);

for (const form of document.querySelectorAll('form[data-submit="change"]')) {
  form.addEventListener("change", () => form.requestSubmit());
}
document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest" });
