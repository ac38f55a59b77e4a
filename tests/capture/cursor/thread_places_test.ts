/** Tests of `capture/cursor/thread_places.ts`: what a composer tells of where messages stand. */

import { deepEqual, equal } from "node:assert/strict";
import type { StateRow } from "../../../capture/cursor/state_rows.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { reportSession } from "../../../core/reports/session_report.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { bubble, call, COMPOSER, composerData, type Fields, headers, NOON } from "./shapes.ts";
import { privacy, project } from "./state_rows.ts";

const MINUTE_MS = 60_000;

/** A message of a minute; an `e` is an edit. */
function message(id: string, minute: number): StateRow {
  const createdAt = new Date(NOON + minute * MINUTE_MS).toISOString();
  if (id.startsWith("u")) return bubble(id, { type: 1, text: "Do it", createdAt });
  if (id.startsWith("a")) return bubble(id, { text: "Done", createdAt });
  const rawArgs = JSON.stringify({ target_file: "/home/ada/engine/gear.ts" });
  return call(id, { name: "edit_file", rawArgs, params: rawArgs }, { createdAt });
}

/** The composer with these messages by their minute, after the given minute. */
function reading(messages: Readonly<Record<string, number>>, until: number, fields: Fields = {}) {
  const own = { ...headers(...Object.keys(messages)), lastUpdatedAt: NOON + until * MINUTE_MS };
  return project([
    composerData({ ...own, ...fields }),
    ...Object.entries(messages).map(([id, minute]) => message(id, minute)),
  ]);
}

async function readBack(...readings: readonly ReturnType<typeof reading>[]) {
  await using home = await filledHome(readings.flat());
  const { session, turns } = reportSession(home.db, COMPOSER)!;
  const period = { from: undefined, to: NOON + 1e9 };
  const { totals } = reportMetrics(home.db, { period, now: NOON + 1e9 });
  equal(totals.rewound_turns, session.rewound_turns);
  return {
    turns: turns.map(({ rewound }) => rewound),
    rewound: session.rewound_turns,
    undone: session.acceptance.undone,
  };
}

const FIRST = { u1: 0, a1: 1, u2: 2, e2: 3, u3: 4, a3: 5 };

Deno.test("threadPlaces() tells the place of what is typed, and of first answers to it", () => {
  const told = reading(FIRST, 6).filter(({ payload }) => payload.follows);
  const name = (id: string) => privacy.shortId(id);

  deepEqual(
    told.map(({ timestamp, metadata, payload }) => [
      (timestamp - NOON) / MINUTE_MS,
      metadata.line,
      payload.follows,
    ]),
    [
      [0, name("u1"), ["begin"]],
      [1, name("a1"), [name("u1")]],
      [2, name("u2"), [name("a1")]],
      [3, name("e2"), [name("u2")]],
      [4, name("u3"), [name("e2")]],
      [5, name("a3"), [name("u3")]],
    ],
  );
});

Deno.test("threadPlaces() tells nothing of messages without a time, or of a sub-agent", () => {
  const row = composerData(headers("u1", "a1"));
  const agent = { subagentInfo: { parentComposerId: "p" }, ...headers("u1") };

  deepEqual(project([row]).filter(({ payload }) => payload.follows), []);
  deepEqual(
    project([composerData(agent), message("u1", 1)]).filter(({ payload }) => payload.follows),
    [],
  );
});

Deno.test("threadPlaces() shows turns that others replaced, once both were read", async () => {
  // The person goes back to u2 and sends it anew: Cursor keeps u2 and deletes what is behind it.
  const again = { u1: 0, a1: 1, u2: 2, e4: 7, u5: 9, a5: 10 };

  deepEqual(await readBack(reading(FIRST, 6)), {
    turns: [null, null, null],
    rewound: null,
    undone: 0,
  });
  const expected = { turns: [null, null, true, null], rewound: 1, undone: 0 };
  deepEqual(await readBack(reading(FIRST, 6), reading(again, 11)), expected);
  deepEqual(await readBack(reading(again, 11), reading(FIRST, 6)), expected);
});

Deno.test("threadPlaces() shows a restored checkpoint, its edits undone", async () => {
  const restored = reading(FIRST, 6, { currentBubbleId: "u2", latestCheckpointId: "c" });
  const expected = { turns: [null, true, true], rewound: 2, undone: 1 };

  deepEqual(await readBack(reading(FIRST, 6), restored), expected);
  deepEqual(await readBack(restored, restored, reading(FIRST, 6)), expected);
});

Deno.test("threadPlaces() shows nothing taken back, when the restoring was undone", async () => {
  const restored = reading(FIRST, 6, { currentBubbleId: "u2", latestCheckpointId: "c" });
  const redone = reading(FIRST, 6, { latestCheckpointId: "c" });
  const expected = { turns: [null, null, null], rewound: null, undone: 0 };

  deepEqual(await readBack(restored, redone), expected);
  deepEqual(await readBack(redone, restored), expected);
});

Deno.test("threadPlaces() ignores a checkpoint of a message that is not there", async () => {
  const lost = reading(FIRST, 6, { currentBubbleId: "u9" });

  equal((await readBack(lost)).rewound, null);
});
