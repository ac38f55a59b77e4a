/**
 * Much code was changed and no test was run.
 *
 * @module
 */

import { formatCount } from "../format.ts";
import type { SessionKind } from "../insight_rule.ts";

const EDITS_MIN = 8;
const LINES_MIN = 150;
/** What is tested otherwise, or not at all. */
const NO_CODE: ReadonlySet<string> = new Set([
  "md",
  "mdx",
  "txt",
  "rst",
  "adoc",
  "json",
  "jsonc",
  "yaml",
  "yml",
  "toml",
  "ini",
  "csv",
  "html",
  "css",
  "scss",
  "svg",
  "tex",
  "ipynb",
  "none",
  "other",
]);
const COMMAND_TOOLS: ReadonlySet<string> = new Set([
  "Bash",
  "PowerShell",
  "run_terminal_command",
]);
/** Of these it is not known what they ran. */
const UNKNOWN_FORMS: ReadonlySet<string | null> = new Set([null, "script"]);

/**
 * Edits of code, in a session all of whose commands are known and none of which is a test; amount
 * is the lines that they changed.
 */
export const untestedEdits: SessionKind = {
  name: "patterns.untested_edits",
  type: "patterns",
  counts: "edits",
  amounts: "lines",
  of: "calls of tools",
  levels: { medium: 20, high: 50 },
  title: ({ count, amount = 0 }) =>
    `${formatCount(count)} edits of code, ${formatCount(amount)} lines, and no test was run`,
  suggestion: "Ask for the tests to be run after each step, and name the command that does it",
  watch() {
    let n = 0, lines = 0, mayBeTested = false;
    const times: number[] = [];
    return {
      input({ type }) {
        // A person's own commands are not known.
        if (type === "bash_input") mayBeTested = true;
      },
      call({ at, tool, isEdit, outcome, extension, form, linesAdded, linesRemoved }) {
        n++;
        // A server of tools may run anything.
        if (tool.startsWith("mcp:")) mayBeTested = true;
        if (COMMAND_TOOLS.has(tool) && (form === "test" || UNKNOWN_FORMS.has(form))) {
          mayBeTested = true;
        }
        if (!isEdit || outcome !== "ok" || NO_CODE.has(extension ?? "none")) return;
        times.push(at);
        lines += linesAdded + linesRemoved;
      },
      found() {
        const count = times.length;
        if (mayBeTested || count < EDITS_MIN || lines < LINES_MIN) return [];
        return [{ at: times[0]!, untilAt: times.at(-1)!, count, n, amount: lines }];
      },
    };
  },
};
