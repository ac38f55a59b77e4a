/**
 * What commands print, kept in `tests/fixtures/snapshots` to be looked at when it changes; with
 * `SNAPSHOTS=renew` it is written anew.
 */

import { equal } from "node:assert/strict";
import { visibleWidth } from "../../cli/table.ts";

const FOLDER = new URL("../fixtures/snapshots/", import.meta.url);
/** What no layout can make narrower: words of JSON, of commands and of settings. */
const MAY_BE_WIDE = /^ {10}|^next |^event |^wrong |^Usage: |^ {2}blueplane |^ {2}-/;

/** Holds a text against the one that is kept under a name. */
export function checkSnapshot(name: string, text: string): void {
  const file = new URL(`${name}.txt`, FOLDER);
  if (Deno.env.get("SNAPSHOTS") === "renew") {
    Deno.mkdirSync(FOLDER, { recursive: true });
    Deno.writeTextFileSync(file, text);
  }
  equal(text, Deno.readTextFileSync(file), `${name}: look at it, then deno task snapshots`);
}

/** Every line fits into its terminal, and ends with something to see. */
export function checkLines(call: string, text: string, width: number): void {
  for (const line of text.split("\n")) {
    equal(line, line.trimEnd(), `${call} at ${width}`);
    const isTooWide = visibleWidth(line) > width && !MAY_BE_WIDE.test(line);
    equal(isTooWide, false, `${call} at ${width}: ${line}`);
  }
}
