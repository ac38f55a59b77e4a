/** Tests of `core/reports/calendar_mark.ts`, in processes of other zones. */

import assert from "node:assert/strict";
import { calendarMark } from "../../../core/reports/calendar_mark.ts";

const MODULE = new URL("../../../core/reports/calendar_mark.ts", import.meta.url).href;

/** The mark in each zone; the runtime takes a change of the variable at once. */
function marksIn(zones: readonly string[]): string[] {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { calendarMark } from "${MODULE}";
       for (const zone of ${JSON.stringify(zones)}) {
         Deno.env.set("TZ", zone);
         console.log(calendarMark());
       }`,
    ],
    env: { NO_COLOR: "1" },
  }).outputSync();
  return new TextDecoder().decode(stdout).trim().split("\n");
}

Deno.test({
  name: "calendarMark() tells calendars apart, and not names of the same one",
  ignore: Deno.build.os === "windows", // Its runtime does not read TZ.
  fn() {
    const [berlin, paris, ...others] = marksIn([
      "Europe/Berlin",
      "Europe/Paris",
      "UTC",
      "Europe/Athens",
      "Asia/Jerusalem", // As Athens, but for the day on which summer begins.
      "Asia/Beirut", // As Athens, but for the hour.
      "America/New_York",
      "America/Phoenix",
      "Asia/Kolkata",
      "Australia/Sydney",
    ]);
    assert.match(berlin!, /^[0-9a-f]{16}$/);
    assert.equal(berlin, paris);
    assert.equal(new Set([berlin, ...others]).size, others.length + 1);
  },
});

Deno.test("calendarMark() is the same each time", () => {
  assert.equal(calendarMark(), calendarMark());
});
