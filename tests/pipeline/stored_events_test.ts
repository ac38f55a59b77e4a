/** Tests of taking the stored events out. */

import { deepEqual, equal } from "node:assert/strict";
import { openForAudit } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { type EventChoice, readStoredEvents } from "../../pipeline/stored_events.ts";
import { NOON } from "../helpers/events.ts";
import { filledHome, knownEvents, ONE } from "../helpers/filled_home.ts";

const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };

async function read(choice: EventChoice): Promise<string[]> {
  await using home = await filledHome();
  using db = openForAudit(home.path)!;
  return [...readStoredEvents(db, choice)].map(encodeEvent);
}

Deno.test("readStoredEvents() gives every event as it was told", async () => {
  const events = await read(ALWAYS);

  deepEqual(events.sort(), knownEvents().map(encodeEvent).sort());
});

for (
  const [name, choice, isChosen] of [
    ["a session", { session: "beta" }, ({ sessionId }) => sessionId === "beta"],
    ["a platform", { platform: "cursor" }, ({ platform }) => platform === "cursor"],
    ["projects", { projects: [ONE] }, ({ metadata }) => metadata.project_hash === ONE],
    [
      "a period",
      { from: NOON - 1, to: NOON + 2000 },
      ({ timestamp }) => timestamp >= NOON - 1 && timestamp < NOON + 2000,
    ],
  ] as readonly [
    string,
    Partial<EventChoice>,
    (event: ReturnType<typeof knownEvents>[number]) => boolean,
  ][]
) {
  Deno.test(`readStoredEvents() gives those of ${name} alone`, async () => {
    const events = await read({ ...ALWAYS, ...choice });

    deepEqual(events.sort(), knownEvents().filter(isChosen).map(encodeEvent).sort());
    equal(events.length > 0, knownEvents().some(isChosen));
  });
}
