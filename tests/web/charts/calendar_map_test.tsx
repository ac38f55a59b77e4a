/** Tests of `web/charts/calendar_map.tsx`. */

import assert from "node:assert/strict";
import { CalendarMap, dayName, dayNumber, mondayOf } from "../../../web/charts/calendar_map.tsx";

Deno.test("CalendarMap() has a place for every day, up to the last", () => {
  // The last is a Thursday: its week has four days.
  const html = render(new Map());

  assert.equal(html.match(/M\d+ \d+h11v11h-11z/g)?.length, 7 + 4);
  assert.doesNotMatch(html, /<a /);
});

Deno.test("CalendarMap() puts a day into its week and weekday, and leads to it", () => {
  const html = render(new Map([["2026-11-16", 1], ["2026-11-26", 4]]));

  assert.match(
    html,
    /<a href="\/\?since=2026-11-16"><title>2026-11-16: 1 h<\/title><rect class="h5" x="28" y="14"/,
  );
  assert.match(html, /<a href="\/\?since=2026-11-26">.*?<rect class="h5" x="41" y="53"/);
  assert.match(html, /<title>2026-11-26: 4 h<\/title>/);
});

Deno.test("CalendarMap() marks the day to which the page is narrowed down", () => {
  const html = render(new Map([["2026-11-24", 1], ["2026-11-25", 1]]), "2026-11-25");

  assert.deepEqual(html.match(/since=[^"]*" aria-current="date"/g), [
    'since=2026-11-25" aria-current="date"',
  ]);
});

Deno.test("CalendarMap() lets one day that stands out not make nothing of the others", () => {
  const days = Array.from({ length: 11 }, (_, i) => [dayName(dayNumber("2026-11-16") + i), 10]);
  const html = render(new Map([...days, ["2026-11-20", 10_000]] as [string, number][]));

  assert.equal(html.match(/class="h5"/g)?.length, 11);
});

Deno.test("dayName() and dayNumber() undo each other, over the end of a leap month", () => {
  assert.deepEqual(
    [0, 1, 2].map((more) => dayName(dayNumber("2028-02-28") + more)),
    ["2028-02-28", "2028-02-29", "2028-03-01"],
  );
});

Deno.test("mondayOf() is the day itself on a Monday, else the one before", () => {
  assert.deepEqual(
    ["2026-11-23", "2026-11-26", "2026-11-29", "1969-12-31"]
      .map((day) => dayName(mondayOf(dayNumber(day)))),
    ["2026-11-23", "2026-11-23", "2026-11-23", "1969-12-29"],
  );
});

function render(days: ReadonlyMap<string, number>, current?: string): string {
  return String(
    <CalendarMap
      label="Hours"
      days={days}
      last="2026-11-26"
      weeks={2}
      current={current}
      textOf={(day) => `${days.get(day)} h`}
      href={(day) => `/?since=${day}`}
    />,
  );
}
