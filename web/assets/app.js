/* Starts what makes a page alive. Without it, everything is there but still. */

import { startFeed } from "./feed.js";
import { listen } from "./live.js";
import { startOpening } from "./open_file.js";
import { startPurging } from "./purge.js";
import { startRoving } from "./roving.js";
import { startSeries } from "./series.js";
import { startWriting } from "./write.js";

listen(document.body.dataset.socket);
startFeed();
startRoving(document);
startSeries(document);
startWriting();
startPurging();
startOpening();

const BY_CHANGE = 'form[data-submit="change"]';
document.addEventListener("change", ({ target }) => target.closest(BY_CHANGE)?.requestSubmit());
addEventListener("pageshow", ({ persisted }) => {
  // It was kept as it was left, with the choice that led away from it.
  if (persisted) document.querySelectorAll(BY_CHANGE).forEach((form) => form.reset());
});
document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest" });
