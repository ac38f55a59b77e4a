/** What tests of one source stand on: real files in a folder of their own, and an inbox. */

import assert from "node:assert/strict";
import type { ReadTotals, Source } from "../../capture/platform.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { Inbox } from "./inbox.ts";
import { openPlain, type PlainSketch } from "./plain_source.ts";

/** A signal that is not aborted. */
export const never = new AbortController().signal;

/** A folder, an intake, and sources that read the one into the other. */
export function makeStage() {
  const folder = tempFolder();
  const inbox = new Inbox();
  return {
    folder,
    inbox,
    at: folder.at,
    open: (sketch: Partial<PlainSketch> = {}) =>
      openPlain({ folder: folder.path, inbox, ...sketch }),
    write: (name: string, text: string) => Deno.writeTextFileSync(folder.at(name), text),
    append: (name: string, text: string) =>
      Deno.writeTextFileSync(folder.at(name), text, { append: true }),
    checkpoint: () => {
      const [only, ...more] = inbox.checkpoints("plain").values();
      assert.ok(only && more.length === 0);
      return only;
    },
    [Symbol.dispose]: () => {
      inbox[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}

/** Reads all that is new, until it is durable. */
export async function readAll(source: Source, signal = never) {
  const totals = noTotals();
  for (const { path } of source.scan()) await source.read(path, totals, signal);
  await source.flush();
  return totals;
}

/** Nothing read yet. */
export function noTotals(): ReadTotals {
  return { files: 0, bytes: 0, events: 0, linesMalformed: 0, linesUnknown: 0 };
}
