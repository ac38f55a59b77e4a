/** Tests of `capture/json_access.ts`: whatever stands in a field, it is bearable. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  contentText,
  countOf,
  objectOf,
  objectsOf,
  textOf,
  timeOf,
} from "../../capture/json_access.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";

Deno.test("objectOf() gives an object, and an empty one for all else", () => {
  const object = { a: 1 };

  assert.equal(objectOf(object), object);
  for (const other of [undefined, null, [], [1], "text", 5, true]) {
    assert.deepEqual(objectOf(other), {});
  }
});

Deno.test("objectsOf() gives the objects of a list, and none for all else", () => {
  assert.deepEqual(objectsOf([{ a: 1 }, null, [], "text", 5, { b: 2 }]), [{ a: 1 }, { b: 2 }]);
  for (const other of [undefined, null, {}, "text", 5]) assert.deepEqual(objectsOf(other), []);
});

Deno.test("textOf() gives a text with something in it, and nothing for all else", () => {
  assert.equal(textOf("a"), "a");
  assert.equal(textOf(" "), " ");
  for (const other of ["", undefined, null, 5, {}, ["a"]]) assert.equal(textOf(other), undefined);
});

Deno.test("countOf() takes numbers and numeric texts, cut to whole", () => {
  const counts = [[7, 7], ["7", 7], [7.9, 7], [" 7.9 ", 7], ["1e3", 1000], [0, 0], [-5, -5]];

  for (const [value, count] of counts) assert.equal(countOf(value), count);
});

Deno.test("countOf() gives 0 for all else", () => {
  for (const value of ["", " ", "many", "7 tokens", null, undefined, {}, [7], true, NaN, 1 / 0]) {
    assert.equal(countOf(value), 0);
  }
  assert.equal(countOf("1e999"), 0);
});

Deno.test("countOf() gives a whole number that a database can hold, whatever the value", () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.double().map(String)), (value) => {
      assert.ok(Number.isSafeInteger(countOf(value)));
    }),
    fcRuns(),
  );
});

Deno.test("timeOf() takes a time with zone, and one without as UTC", () => {
  const time = Date.UTC(2026, 10, 9, 12, 34, 56);
  const texts = [
    "2026-11-09T12:34:56Z",
    "2026-11-09T12:34:56z",
    "2026-11-09T12:34:56.000000Z",
    "2026-11-09T12:34:56+00:00",
    "2026-11-09T14:34:56+02:00",
    "2026-11-09T14:34:56+0200",
    "2026-11-09T07:04:56-05:30",
    "2026-11-09T12:34:56",
    "2026-11-09 12:34:56",
    "2026-11-09 12:34:56Z",
    "2026-11-09 14:34:56+02:00",
  ];

  for (const text of texts) assert.equal(timeOf(text), time, text);
  assert.equal(timeOf("2026-11-09T12:34:56.789"), time + 789);
  assert.equal(timeOf("2026-11-09"), Date.UTC(2026, 10, 9));
});

Deno.test("timeOf() takes a time without zone as UTC, wherever the machine is", async () => {
  using folder = tempFolder();
  const source = import.meta.resolve("../../capture/json_access.ts");
  Deno.writeTextFileSync(
    folder.at("time.ts"),
    `import { timeOf } from "${source}";
    const texts = ["2026-11-09T12:34:56", "2026-11-09 12:34:56", "2026-11-09"];
    console.log(JSON.stringify([new Date(0).getTimezoneOffset(), ...texts.map(timeOf)]));`,
  );

  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", folder.at("time.ts")],
    env: { TZ: "Asia/Tokyo" },
  }).output();

  const time = Date.UTC(2026, 10, 9, 12, 34, 56);
  assert.deepEqual(
    JSON.parse(new TextDecoder().decode(stdout)),
    [-540, time, time, Date.UTC(2026, 10, 9)],
  );
});

Deno.test("timeOf() gives nothing for what is no time", () => {
  const others = [
    "",
    "yesterday",
    "2026",
    "2026-13-40T00:00:00Z",
    "2026-11-09T99:00:00Z",
    "2026-11-09Tea time",
    "9 November 2026",
    "x2026-11-09T12:34:56Z",
    1_794_227_696_000,
    null,
    undefined,
    {},
  ];

  for (const other of others) assert.equal(timeOf(other), undefined, String(other));
});

Deno.test("timeOf() gives back every moment, in every zone and with any fraction", () => {
  const anyTime = fc.date({
    min: new Date("1970-01-01T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  }).map((date) => date.getTime());
  const anyZone = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15);
  fc.assert(
    fc.property(anyTime, anyZone, fc.constantFrom("T", " "), fc.boolean(), (
      time,
      zone,
      between,
      colon,
    ) => {
      const local = new Date(time + zone * 60_000).toISOString().slice(0, -1);
      fc.pre(/^\d{4}-/.test(local));
      const minutes = Math.abs(zone);
      const parts = [Math.floor(minutes / 60), minutes % 60]
        .map((part) => String(part).padStart(2, "0"));
      const offset = (zone < 0 ? "-" : "+") + parts.join(colon ? ":" : "");

      assert.equal(timeOf(local.replace("T", between) + offset), time);
      if (zone === 0) assert.equal(timeOf(local.replace("T", between)), time);
    }),
    fcRuns(),
  );
});

Deno.test("timeOf() gives a whole number that a Date can hold, or nothing", () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]?[\dTZ:.+ -]{0,20}$/),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const time = timeOf(text);

      assert.ok(time === undefined || Number.isInteger(time));
      if (time !== undefined) new Date(time).toISOString();
    }),
    fcRuns(),
  );
});

Deno.test("contentText() gives a text, or the text blocks of a list, a line each", () => {
  assert.equal(contentText("a\nb"), "a\nb");
  assert.equal(
    contentText([
      { type: "text", text: "a" },
      { type: "image", text: "no" },
      { type: "text" },
      { type: "text", text: "b" },
      "no",
      null,
    ]),
    "a\n\nb",
  );
  for (const other of [undefined, null, 5, {}, []]) assert.equal(contentText(other), "");
});
