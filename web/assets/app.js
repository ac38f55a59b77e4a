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

for (const form of document.querySelectorAll('form[data-submit="change"]')) {
  form.addEventListener("change", () => form.requestSubmit());
}
document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest" });
