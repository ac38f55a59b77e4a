/** Tests of `web/api/event_route.ts`: what is posted is checked, handed on, and told of. */

import assert from "node:assert/strict";
import type { PostedEvent } from "../../../core/posted_event.ts";
import { RequestError } from "../../../web/problem.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { ask, type Asking, webContext } from "../open_web.ts";

const HEADERS = { "Blueplane-Client": "test", "Content-Type": "application/json" };
const EVENT = {
  timestamp: "2026-11-09T12:34:56.789Z",
  platform: "claude_code",
  session_id: "s1",
  event_type: "tool_use",
  payload: { tool: "Edit" },
};

/** Posts, and tells what was handed on. */
async function post(body: unknown, asking: Asking = {}, fail?: Error) {
  await using home = await filledHome([]);
  const taken: (readonly PostedEvent[])[] = [];
  const takeEvents = (events: readonly PostedEvent[]) => {
    taken.push(events);
    return fail
      ? Promise.reject(fail)
      : Promise.resolve({ events: events.length, leftOut: 0, fieldsDropped: 2 });
  };
  const context = webContext(home, { commands: { ...webContext(home).commands, takeEvents } });
  const sent = { method: "POST", headers: HEADERS, body: JSON.stringify(body), ...asking };
  const response = await ask(context, "/events", sent);
  return { taken, status: response.status, answer: await response.json() };
}

Deno.test("addRoutes() takes one event and several, and says what became of them", async () => {
  const one = await post(EVENT), several = await post([EVENT, { ...EVENT, event_id: "e" }]);

  assert.deepEqual([one.status, one.taken], [202, [[EVENT]]]);
  assert.deepEqual(one.answer, {
    schema: "blueplane.events/1",
    events: 1,
    left_out: 0,
    fields_dropped: 2,
  });
  assert.deepEqual([several.status, several.answer.events], [202, 2]);
});

for (
  const [what, body, detail] of [
    ["there is none", [], /^Cannot read the events: /],
    ["it is no event", [EVENT, "my secret"], /^Cannot read event 2: /],
    [
      "it has no time",
      { ...EVENT, timestamp: "my secret" },
      /^Cannot read timestamp of event 1: /,
    ],
    ["its type is unknown", { ...EVENT, event_type: "my secret" }, /^Cannot read event_type of /],
    [
      "its payload is none",
      { ...EVENT, payload: "my secret" },
      /^Cannot read payload of event 1/,
    ],
    ["its id is long", { ...EVENT, event_id: "secret".repeat(99) }, /^Cannot read event_id of /],
    ["there are too many", Array(1001).fill(EVENT), /^Cannot read the events: /],
  ] as const
) {
  Deno.test(`addRoutes() refuses with 400 and hands nothing on, when ${what}`, async () => {
    const { taken, status, answer } = await post(body);

    assert.deepEqual([status, taken, answer.status], [400, [], 400]);
    assert.match(answer.detail, detail);
    assert.doesNotMatch(answer.detail, /secret/);
  });
}

Deno.test("addRoutes() refuses what is no JSON of ours, and another site's", async () => {
  const nameless = { "Content-Type": "application/json" };
  const statuses = [
    await post(EVENT, { headers: nameless }),
    await post(EVENT, { headers: { ...HEADERS, Origin: "http://evil.example" } }),
    await post(EVENT, { headers: { ...HEADERS, "Content-Type": "text/plain" } }),
    await post(EVENT, { headers: { ...HEADERS, "Content-Length": String(2 ** 21) } }),
    await post(EVENT, { body: "{my secret" }),
    await post(EVENT, {}, new RequestError("Cannot read event 1: its platform is unknown")),
  ];

  assert.deepEqual(statuses.map(({ status }) => status), [403, 403, 415, 413, 400, 400]);
  for (const { answer } of statuses) assert.doesNotMatch(answer.detail, /secret/);
});
