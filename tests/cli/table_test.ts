/** Tests of tables and colours. */

import { equal } from "node:assert/strict";
import type { Globals } from "../../cli/cli.ts";
import { fitText, paintFor, renderTable, visibleWidth } from "../../cli/table.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { recordedIo, type RecordedOptions } from "./recorded_io.ts";

const COLOURED: Globals = { color: true, sync: true };

function bold(options: RecordedOptions, globals = COLOURED): string {
  using machine = tempMachine();
  const env = { NO_COLOR: undefined, ...options.env };
  return paintFor(recordedIo(machine, [], { ...options, env }), globals).bold("x");
}

Deno.test("renderTable() puts text left, numbers right and no blanks behind", () => {
  using machine = tempMachine();
  const paint = paintFor(recordedIo(machine, []), COLOURED);
  const columns = [{ title: "tool" }, { title: "calls", number: true }];
  equal(
    renderTable(columns, [["Edit", "1,234"], ["NotebookEdit", "5"]], paint),
    " tool           calls\n Edit           1,234\n NotebookEdit       5\n",
  );
});

Deno.test("renderTable() keeps a name with control characters from the terminal", () => {
  using machine = tempMachine();
  const paint = paintFor(recordedIo(machine, []), COLOURED);
  const text = renderTable([{ title: "project" }], [["a\x1b[2J\x07b"]], paint);
  equal(text.includes("\x1b") || text.includes("\x07"), false);
});

Deno.test("paintFor() colours a terminal and no pipe", () => {
  equal(bold({ isTerminal: true }), "\x1b[1mx\x1b[22m");
  equal(bold({ isTerminal: false }), "x");
});

Deno.test("paintFor() obeys NO_COLOR, before it FORCE_COLOR, before it --no-color", () => {
  equal(bold({ isTerminal: true, env: { NO_COLOR: "1" } }), "x");
  equal(bold({ isTerminal: true, env: { NO_COLOR: "" } }), "\x1b[1mx\x1b[22m");
  equal(
    bold({ isTerminal: false, env: { NO_COLOR: "1", FORCE_COLOR: "1" } }),
    "\x1b[1mx\x1b[22m",
  );
  equal(bold({ isTerminal: true, env: { FORCE_COLOR: "0" } }), "x");
  equal(bold({ env: { FORCE_COLOR: "1" } }, { color: false, sync: true }), "x");
});

Deno.test("visibleWidth() counts signs, and no colours", () => {
  equal(visibleWidth("a–▲é"), 4);
  equal(visibleWidth("\x1b[1mbold\x1b[22m 😀"), 6);
  equal(visibleWidth(""), 0);
});

Deno.test("fitText() cuts what is too wide and keeps its colours, and nothing else", () => {
  equal(fitText("abcd", 4), "abcd");
  equal(fitText("abcde", 4), "abc…");
  equal(fitText("\x1b[1mabcde\x1b[22m", 3), "\x1b[1mab…\x1b[22m");
  equal(fitText("abc", 1), "…");
  equal(fitText("abc", 0), "");
});
