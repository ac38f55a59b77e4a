/** Tests of `core/reports/calendar_mark.ts`, in processes of other zones. */

import assert from "node:assert/strict";
import { calendarMark, hourMark } from "../../../core/reports/calendar_mark.ts";

const MODULE = new URL("../../../core/reports/calendar_mark.ts", import.meta.url).href;

/** The mark in each zone; the runtime takes a change of the variable at once. */
function marksIn(zones: readonly string[], name = "calendarMark"): string[] {
  const { stdout } = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { calendarMark, hourMark } from "${MODULE}";
       for (const zone of ${JSON.stringify(zones)}) {
         Deno.env.set("TZ", zone);
         console.log(${name}());
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

Deno.test({
  name: "hourMark() tells where hours begin, and which days do not matter",
  ignore: Deno.build.os === "windows", // Its runtime does not read TZ.
  fn() {
    const zones = ["UTC", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo"];
    assert.deepEqual(marksIn(zones, "hourMark"), ["0", "0", "30", "15", "0"]);
    // There summer is half an hour away.
    const [odd] = marksIn(["Australia/Lord_Howe"], "hourMark");
    assert.match(odd!, /^0 30 0 30 /);
  },
});

Deno.test("hourMark() is the same each time", () => {
  assert.equal(hourMark(), hourMark());
});
