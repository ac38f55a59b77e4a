/** Tests of what the files of the command table share. */

import { deepEqual, equal, throws } from "node:assert/strict";
import { Command, InvalidArgumentError } from "@commander-js/extra-typings";
import {
  examples,
  formatOption,
  wholeNumber,
  withPeriod,
} from "../../../cli/program/command_parts.ts";

Deno.test("examples() writes a call a line, below a heading", () => {
  equal(
    examples("sync", "sync --json"),
    "\nExamples:\n  blueplane sync\n  blueplane sync --json",
  );
});

Deno.test("wholeNumber() takes digits and nothing else", () => {
  equal(wholeNumber("0"), 0);
  equal(wholeNumber("7531"), 7531);
  for (const text of ["", "-1", "1.5", "1e3", " 1", "0x10", "9999999999"]) {
    throws(() => wholeNumber(text), InvalidArgumentError, text);
  }
});

Deno.test("formatOption() takes the formats of its command alone", () => {
  const option = formatOption(["table", "csv"]);
  equal(option.long, "--format");
  equal(option.argChoices?.join(), "table,csv");
});

Deno.test("withPeriod() takes a rolling period or times, and not both", () => {
  const read = (...args: string[]) => {
    const command = withPeriod(new Command(), { fallback: "24h" });
    return command.exitOverride().configureOutput({ writeErr() {} })
      .parse(args, { from: "user" }).opts();
  };

  deepEqual(read(), { period: "24h" });
  deepEqual(read("--since", "2026-01-01"), { period: "24h", since: "2026-01-01" });
  for (const option of ["--since", "--until"]) {
    throws(() => read("-p", "7d", option, "2026-01-01"), /cannot be used with/);
  }
});
