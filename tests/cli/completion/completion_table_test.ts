/** Tests of what may come next, place by place. */

import { deepEqual, equal } from "node:assert/strict";
import { sampleTable } from "./sample_program.ts";

Deno.test("completionTable() knows commands, also those of a group", () => {
  const { commands } = sampleTable();
  deepEqual(commands.map(({ keys, what }) => [keys[0], what.map(({ word }) => word)]), [
    ["", ["show", "letters", "shell"]],
    ["letters", ["list", "drop"]],
  ]);
});

Deno.test("completionTable() knows options, and those that every command takes", () => {
  const { options, globals } = sampleTable();
  const show = options.find(({ keys }) => keys[0] === "show")!;
  deepEqual(show.what.map(({ word }) => word), [
    "-p",
    "--period",
    "--platform",
    "-o",
    "--output",
    "--name",
    "--session",
    "--no-color",
  ]);
  equal(show.what[1]!.help, "when");
  deepEqual(globals.map(({ word }) => word), ["--json", "--home", "--help"]);
});

Deno.test("completionTable() knows the values of options and words, by choice or by hint", () => {
  const { optionValues, argumentValues } = sampleTable();
  deepEqual(optionValues, [
    { keys: ["* --home"], what: "folders" },
    { keys: ["show -p", "show --period"], what: ["1h", "24h", "7d"] },
    { keys: ["show --platform"], what: ["claude-code"] },
    { keys: ["show -o", "show --output"], what: "files" },
    { keys: ["show --name"], what: "anything" },
    { keys: ["show --session"], what: "sessions" },
    { keys: ["letters list --limit"], what: "anything" },
  ]);
  deepEqual(argumentValues, [
    { keys: ["letters drop 0"], what: "anything" },
    { keys: ["shell 0"], what: ["bash", "zsh"] },
    { keys: ["shell 1"], what: ["claude-code"] },
  ]);
});
