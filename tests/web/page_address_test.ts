/** Tests of `web/page_address.ts`: what of an address is read, and what is said of the rest. */

import assert from "node:assert/strict";
import * as z from "zod";
import { type AddressForm, readAddress } from "../../web/page_address.ts";
import { NOON } from "../helpers/events.ts";
import { type FilledHome, filledHome, ONE, OPUS } from "../helpers/filled_home.ts";
import { webContext } from "./open_web.ts";

const FORM: AddressForm = {
  filters: ["period", "platform", "project", "model"],
  usualPeriod: "7d",
  choices: { by: ["tool", "model"] },
  takes: { offset: z.string().regex(/^\d+$/, "it is no number") },
};
const DAY_MS = 86_400_000;

function read(home: FilledHome, query: string, form = FORM) {
  return readAddress(new URL(`http://127.0.0.1/?${query}`), form, webContext(home), NOON);
}

/** What is said, and what is left of the address. */
function told(home: FilledHome, query: string, form = FORM) {
  const { misread, url } = read(home, query, form);
  return [misread, url.search.slice(1)];
}

Deno.test("readAddress() reads the choice, and says nothing of what it understands", async () => {
  await using home = await filledHome();
  const query = `period=all&platform=claude&project=blueplane&model=${OPUS}&by=model&offset=5`;

  const { filter, period, periodName, misread, url } = read(home, query);

  assert.deepEqual(filter, {
    platform: "claude_code",
    project: ONE,
    model: OPUS,
    session: undefined,
  });
  assert.deepEqual([period, periodName], [{ from: undefined, to: NOON + 1 }, "all"]);
  assert.deepEqual([misread, url.search], [[], `?${query}`]);
  assert.deepEqual(read(home, "period=&by=&platform=&foo=").misread, []);
});

Deno.test("readAddress() shows the usual for each word that is none of its list", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "period=soon&by=luck&offset=zz&platform=claude"), [
    [
      "Cannot read 'by' in the address: it is none of tool, model. Shown is tool.",
      "Cannot read 'offset' in the address: it is no number. Shown is what is usual.",
      "Cannot read 'period' in the address: it is none of 1h, 24h, 7d, 30d, all. Shown is 7d.",
    ],
    "platform=claude",
  ]);
  const { periodName, period } = read(home, "period=constructor");
  assert.deepEqual([periodName, period.from], ["7d", NOON - 7 * DAY_MS]);
});

Deno.test("readAddress() shows all, when there is no such platform", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "platform=vim"), [
    ["Cannot read 'platform' in the address: there is no such platform. Shown is all."],
    "",
  ]);
  assert.equal(read(home, "platform=vim").filter.platform, undefined);
});

Deno.test("readAddress() takes what a page does not know for nothing, and says so", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "foo=1&My%20Secret=1&session=alpha"), [
    ["'foo'", "a parameter", "'session'"].map((what) =>
      `Cannot read ${what} in the address: this page takes no such parameter. ` +
      "Shown is what is usual."
    ),
    "",
  ]);
});

Deno.test("readAddress() takes none of what is told twice", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "period=30d&period=1h"), [
    ["Cannot read 'period' in the address: it is given more than once. Shown is what is usual."],
    "",
  ]);
  assert.equal(read(home, "period=30d&period=1h").periodName, "7d");
});

Deno.test("readAddress() takes two moments before a period, which is the way back", async () => {
  await using home = await filledHome();
  const moments = "since=2026-02-01T00:00Z&until=2026-02-02T00:00Z";

  const { period, periodName } = read(home, `period=1h&${moments}`);

  assert.equal(periodName, undefined);
  assert.deepEqual(period, { from: Date.UTC(2026, 1, 1), to: Date.UTC(2026, 1, 2) });
  const [misread, search] = told(home, `period=1h&${moments}`);
  assert.deepEqual(misread, []);
  assert.equal(search, `period=1h&${moments}`);
});

Deno.test("readAddress() shows a rolling period, when moments cannot be read", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "since=garbage&until=2026-02-31&period=30d"), [
    ["since", "until"].map((name) =>
      `Cannot read '${name}' in the address: it is no date (2026-01-31) and no time ` +
      "(2026-01-31T12:00). Shown is 30d."
    ),
    "period=30d",
  ]);
  assert.deepEqual(told(home, "since=2026-02-02&until=2026-02-01"), [
    ["Cannot read the period: it ends before it begins. Shown is 7d."],
    "",
  ]);
  assert.equal(read(home, "since=2026-02-02&until=2026-02-01").periodName, "7d");
});

Deno.test("readAddress() says that nothing is called so, and leaves it chosen", async () => {
  await using home = await filledHome();

  assert.deepEqual(told(home, "project=zzz&model=gpt-0"), [
    ["No project is called 'zzz'.", "No model is called 'gpt-0'."],
    "project=zzz&model=gpt-0",
  ]);
  assert.equal(read(home, "project=zzz").filter.project, "zzz");
});

Deno.test("readAddress() is silent where a page has no such filter", async () => {
  await using home = await filledHome();
  const form = { ...FORM, filters: [] };

  assert.deepEqual(told(home, "period=soon&platform=vim&project=zzz&since=x", form), [
    [],
    "project=zzz",
  ]);
});
