/** Tests of `web/api/dead_letter_routes.ts`: what is dead over HTTP, and who may change it. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { LETTER_IDS_MAX } from "../../../core/dead_letters.ts";
import { encodeEvent } from "../../../core/event.ts";
import {
  reportDeadLetter,
  reportDeadLetters,
} from "../../../core/reports/dead_letters_report.ts";
import { DeadLetters } from "../../../pipeline/dead_letters.ts";
import { makePrompt } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { ask, type Asking, webContext } from "../open_web.ts";

const ORIGIN = { stream: "telemetry:events", group: "processors" } as const;
const CLIENT = { "Blueplane-Client": "cli", "Content-Type": "application/json" };

/** A home with three letters: two that can be stored, and one that cannot. */
async function deadHome(): Promise<FilledHome> {
  const home = await filledHome([]);
  using db = openWriter(home.path);
  const letters = new DeadLetters(db, home.clock);
  for (const [id, platform] of [["1", "cursor"], ["2", "cursor"], ["3", "emacs"]] as const) {
    const body = encodeEvent(makePrompt({ id, platform }));
    letters.add(ORIGIN, { id, body, attempts: 3 }, undefined);
  }
  return home;
}

async function post(home: FilledHome, path: string, json: unknown, asking: Asking = {}) {
  const body = typeof json === "string" ? json : JSON.stringify(json);
  const sent = { method: "POST", headers: CLIENT, body, ...asking };
  const response = await ask(webContext(home), path, sent);
  return { status: response.status, json: await response.json() };
}

function lettersOf(home: FilledHome): number[] {
  return reportDeadLetters(home.db).letters.map(({ id }) => id).sort();
}

Deno.test("addRoutes() lists letters, a part at a time", async () => {
  await using home = await deadHome();
  const get = async (path: string) => (await ask(webContext(home), path)).json();

  assert.deepEqual(await get("/api/v1/dlq"), reportDeadLetters(home.db));
  assert.deepEqual(
    await get("/api/v1/dlq?limit=1&offset=1"),
    reportDeadLetters(home.db, { limit: 1, offset: 1 }),
  );
});

Deno.test("addRoutes() shows one letter, and 404 when there is none", async () => {
  await using home = await deadHome();
  const get = (id: string) => ask(webContext(home), `/api/v1/dlq/${id}`);

  assert.deepEqual(await (await get("2")).json(), reportDeadLetter(home.db, 2));
  for (const id of ["4", "two", "99999999999999999999"]) {
    const response = await get(id);
    assert.equal(response.status, 404, id);
    assert.match(response.headers.get("content-type")!, /problem\+json/);
    await response.body?.cancel();
  }
});

Deno.test("addRoutes() replays those named, or all", async () => {
  await using home = await deadHome();

  const some = await post(home, "/api/v1/dlq/replay", { ids: [1] });
  const rest = await post(home, "/api/v1/dlq/replay", { all: true });

  const schema = "blueplane.dlq/1";
  assert.deepEqual(some, {
    status: 200,
    json: { schema, stored: 1, came_back: [], not_kept: [] },
  });
  assert.deepEqual(rest.json, { schema, stored: 1, came_back: [3], not_kept: [] });
  assert.deepEqual(lettersOf(home), [3]);
});

Deno.test("addRoutes() drops those named, or all", async () => {
  await using home = await deadHome();

  const some = await post(home, "/api/v1/dlq/drop", { ids: [1, 3] });
  const left = lettersOf(home);
  const rest = await post(home, "/api/v1/dlq/drop", { all: true });

  assert.deepEqual(some, { status: 200, json: { schema: "blueplane.dlq/1", dropped: 2 } });
  assert.deepEqual([left, rest.json.dropped, lettersOf(home)], [[2], 1, []]);
});

for (const path of ["/api/v1/dlq/replay", "/api/v1/dlq/drop"]) {
  for (
    const [what, json, asking, expected] of [
      ["the header is missing", { all: true }, {
        headers: { "Content-Type": "application/json" },
      }, 403],
      ["another site posts", { all: true }, {
        headers: { ...CLIENT, Origin: "http://evil.example" },
      }, 403],
      ["the body is of another type", { all: true }, {
        headers: { ...CLIENT, "Content-Type": "text/plain" },
      }, 415],
      ["one of the ids is unknown", { ids: [1, 77] }, {}, 404],
      ["nothing is named", {}, {}, 400],
      ["both are named", { ids: [1], all: true }, {}, 400],
      ["all is not true", { all: 1 }, {}, 400],
      ["an id is none", { ids: [1, "2"] }, {}, 400],
      ["there is no id", { ids: [] }, {}, 400],
      ["there are too many ids", { ids: Array(LETTER_IDS_MAX + 1).fill(1) }, {}, 400],
      ["the body is null", null, {}, 400],
      ["the body is no JSON", "{my secret", {}, 400],
      ["the body is large", `"${"x".repeat(70_000)}"`, {
        headers: { ...CLIENT, "Content-Length": "70002" },
      }, 413],
    ] as const
  ) {
    Deno.test(`addRoutes() refuses ${path} with ${expected}, when ${what}`, async () => {
      await using home = await deadHome();

      const refused = await post(home, path, json, asking);

      assert.deepEqual([refused.status, refused.json.status], [expected, expected]);
      assert.match(refused.json.detail, /^Cannot /);
      assert.ok(!refused.json.detail.includes("secret"));
      assert.deepEqual(lettersOf(home), [1, 2, 3]);
    });
  }
}
