/** Tests of tables and colours. */

import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import measure from "fast-string-truncated-width";
import type { Globals } from "../../cli/cli.ts";
import {
  fitMiddle,
  fitText,
  type Paint,
  paintFor,
  renderTable,
  shownColumns,
  visibleWidth,
} from "../../cli/table.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { recordedIo, type RecordedOptions } from "./recorded_io.ts";

const PLAIN: Paint = {
  dim: (text) => text,
  bold: (text) => text,
  green: (text) => text,
  red: (text) => text,
  yellow: (text) => text,
};
// deno-lint-ignore no-control-regex -- the codes that Paint writes
const CODES = /\x1b\[\d+m/g;
const COLOURED: Globals = { color: true, sync: true };

function bold(options: RecordedOptions, globals = COLOURED): string {
  using machine = tempMachine();
  const env = { NO_COLOR: undefined, ...options.env };
  return paintFor(recordedIo(machine, [], { ...options, env }), globals).bold("x");
}

Deno.test("shownColumns() tells which columns renderTable() leaves room", () => {
  const columns = [
    { title: "tool" },
    { title: "calls", number: true, weight: 1 },
    { title: "failed", number: true, weight: 2 },
  ];
  const rows = [["Bash", "12", "3"], ["Edit", "1", "0"]];
  for (const [width, places] of [[80, [0, 1, 2]], [14, [0, 2]], [8, [0]]] as const) {
    deepEqual(shownColumns(columns, rows, width), places, `${width}`);
    const [titles] = renderTable(columns, rows, PLAIN, width).split("\n");
    deepEqual(titles!.trim().split(/ +/), places.map((i) => columns[i]!.title), `${width}`);
  }
});

Deno.test("renderTable() puts text left, numbers right and no blanks behind", () => {
  using machine = tempMachine();
  const paint = paintFor(recordedIo(machine, []), COLOURED);
  const columns = [{ title: "tool" }, { title: "calls", number: true }];
  equal(
    renderTable(columns, [["Edit", "1,234"], ["NotebookEdit", "5"]], paint),
    " tool          calls\n Edit          1,234\n NotebookEdit      5\n",
  );
});

Deno.test("renderTable() aligns numbers behind names in wide signs", () => {
  const columns = [{ title: "project" }, { title: "n", number: true }];
  const lines = renderTable(columns, [["日本語", "1"], ["👩‍👩‍👧", "22"], ["e\u0301", "3"]], PLAIN)
    .trimEnd().split("\n");
  equal(new Set(lines.map(visibleWidth)).size, 1);
});

Deno.test("renderTable() cuts the longest text first", () => {
  const columns = [{ title: "place" }, { title: "bytes", number: true }, { title: "why" }];
  const rows = [["telemetry.db-wal", "32.8 kB", `not looked at: ${"y".repeat(60)}`]];
  const [, line] = renderTable(columns, rows, PLAIN, 80).split("\n");
  equal(line, ` telemetry.db-wal  32.8 kB  not looked at: ${"y".repeat(36)}…`);
});

Deno.test("renderTable() cuts names, then leaves out columns, and cuts no number", () => {
  const columns = [
    { title: "name", cuts: true },
    { title: "much", number: true, weight: 2 },
    { title: "little", number: true, weight: 1 },
    { title: "always", number: true },
  ];
  const rows = [["x".repeat(40), "1,000", "2,000", "3,000,000"]];
  const of = (width: number) => renderTable(columns, rows, PLAIN, width).split("\n")[1];
  equal(of(99), ` ${"x".repeat(40)}  1,000   2,000  3,000,000`);
  equal(of(60), ` ${"x".repeat(32)}…  1,000   2,000  3,000,000`);
  equal(of(50), ` ${"x".repeat(30)}…  1,000  3,000,000`);
  equal(of(40), ` ${"x".repeat(27)}…  3,000,000`);
  equal(of(20), ` ${"x".repeat(7)}…  3,000,000`);
  equal(of(0), of(20));
  const [, line] = renderTable([{ title: "why" }, ...columns.slice(1)], rows, PLAIN, 55)
    .split("\n");
  equal(line, ` ${"x".repeat(40)}  3,000,000`);
});

Deno.test("renderTable() sets what all come to apart", () => {
  const columns = [{ title: "tool" }, { title: "n", number: true, look: () => "-" }];
  equal(
    renderTable(columns, [["Edit", "1"], ["Bash", "22"]], PLAIN, 80, ["all", "23"]),
    " tool   n\n Edit  -\n Bash  -\n ────  ──\n all   23\n",
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

Deno.test("paintFor() takes colours for black and white screens, where they are", () => {
  using machine = tempMachine();
  const red = (env: Record<string, string | undefined>) => {
    const options = { isTerminal: true, env: { NO_COLOR: undefined, ...env } };
    return paintFor(recordedIo(machine, [], options), COLOURED).red("x");
  };
  equal(red({}), "\x1b[31mx\x1b[39m");
  equal(red({ TERM: "xterm-256color" }), "\x1b[38;5;160mx\x1b[39m");
  equal(red({ TERM: "dumb" }), "x");
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
  equal(visibleWidth("\x1b[1mbold\x1b[22m 😀"), 7);
  equal(visibleWidth("日本語 한국 e\u0301 👩‍👩‍👧 🇩🇪"), 6 + 1 + 4 + 1 + 1 + 1 + 2 + 1 + 2);
  equal(visibleWidth(""), 0);
});

Deno.test("visibleWidth() counts what it knows by itself as its package does", () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0xd800; code++) {
    const sign = String.fromCharCode(code), line = `a${sign}\x1b[32mb\x1b[39m`;
    if (visibleWidth(line) !== measure(line).width) wrong.push(code.toString(16));
  }
  equal(wrong.join(" "), "");
});

Deno.test("fitText() cuts what is too wide and keeps its colours, and nothing else", () => {
  equal(fitText("abcd", 4), "abcd");
  equal(fitText("abcde", 4), "abc…");
  equal(fitText("\x1b[1mabcde\x1b[22m", 3), "\x1b[1mab…\x1b[22m");
  equal(fitText("abc", 1), "…");
  equal(fitText("abc", 0), "");
  equal(fitText("日本語", 5), "日本…");
  equal(fitText("日本語", 4), "日…");
});

Deno.test("fitText() fits into any room, whatever the line holds", () => {
  const sign = fc.constantFrom(
    "a",
    " ",
    "≥",
    "…",
    "é",
    "日",
    "🎉",
    "e\u0301",
    "\x1b[1m",
    "\x1b[0m",
  );
  fc.assert(
    fc.property(
      fc.array(sign, { maxLength: 60 }),
      fc.integer({ min: 0, max: 50 }),
      (signs, room) => {
        const line = signs.join(""), text = fitText(line, room);
        ok(visibleWidth(text) <= room, `${room}: ${JSON.stringify(line)}`);
        // No more is cut than has to be, and a wide sign may leave one column.
        if (visibleWidth(line) > room) ok(visibleWidth(text) >= room - 1, JSON.stringify(text));
        else equal(text, line);
        const codes = (from: string) => from.match(CODES) ?? [];
        deepEqual(codes(text), codes(line));
      },
    ),
    fcRuns(),
  );
});

Deno.test("fitMiddle() keeps the beginning and the end", () => {
  equal(fitMiddle("abcd", 4), "abcd");
  equal(fitMiddle("abcdefgh", 6), "ab…fgh");
  equal(fitMiddle("日本語日本語", 6), "日…語");
  equal(fitMiddle("abc", 1), "…");
  equal(fitMiddle("abc", 0), "");
});

Deno.test("renderTable() cuts names in the middle, when they would look the same", () => {
  const columns = [{ title: "tool", cuts: true }, { title: "n", number: true }];
  const rows = [["a_long_server/read", "1"], ["a_long_server/write", "2"], ["Edit", "3"]];
  equal(
    renderTable(columns, rows, PLAIN, 15),
    " tool         n\n a_lon…/read  1\n a_lon…write  2\n Edit         3\n",
  );
});

Deno.test("renderTable() cuts no name where the number beside it leaves room", () => {
  const columns = [{ title: "by name" }, { title: "value", number: true }];
  const rows = [["responses of a-model", "50.0 %"], ["server notes", "12 calls, 4 tokens"]];
  equal(
    renderTable(columns, rows, PLAIN, 33),
    " by name                    value\n responses of a-model      50.0 %\n" +
      " server notes  12 calls, 4 tokens\n",
  );
});
