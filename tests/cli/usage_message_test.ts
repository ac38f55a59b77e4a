/** Tests of the messages of usage errors. */

import assert from "node:assert/strict";
import { CommanderError } from "@commander-js/extra-typings";
import { usageMessage } from "../../cli/usage_message.ts";

function messageOf(code: string, text: string): string {
  const words = [
    { name: () => "shell", description: "the shell", argChoices: ["bash", "zsh"] },
    { name: () => "session", description: "its id, or last" },
  ];
  const error = new CommanderError(1, `commander.${code}`, text);
  return usageMessage(error, ["metrics", "sessions"], words);
}

Deno.test("usageMessage() suggests the nearest command, when there is one", () => {
  assert.equal(
    messageOf("unknownCommand", "error: unknown command 'metrcs'"),
    "Cannot run 'metrcs': there is no such command; did you mean metrics?",
  );
  assert.match(
    messageOf("unknownCommand", "error: unknown command 'xyzzy'"),
    /see blueplane --help$/,
  );
});

Deno.test("usageMessage() names option and value, when a value is not allowed", () => {
  const text =
    "error: option '-p, --period <name>' argument '8d' is invalid. Allowed choices are 1h.";

  assert.equal(
    messageOf("invalidArgument", text),
    "Cannot use '8d' for --period: allowed choices are 1h",
  );
});

Deno.test("usageMessage() suggests the nearest value, when there is one", () => {
  const text = "error: option '--by <what>' argument 'modle' is invalid. " +
    "Allowed choices are tool, model.";

  assert.equal(
    messageOf("invalidArgument", text),
    "Cannot use 'modle' for --by: allowed choices are tool, model; did you mean model?",
  );
});

Deno.test("usageMessage() suggests a short value, when it is very near", () => {
  const messages = ["zhs", "json", "8d"].map((value) =>
    messageOf(
      "invalidArgument",
      `error: option '--to <what>' argument '${value}' is invalid. ` +
        "Allowed choices are jsn, 7d, zsh.",
    )
  );
  assert.deepEqual(messages.map((text) => /did you mean (.*)\?/.exec(text)?.[1]), [
    "zsh",
    "jsn",
    undefined,
  ]);
});

Deno.test("usageMessage() names a word that is missing, and one that is not allowed", () => {
  assert.equal(
    messageOf("missingArgument", "error: missing required argument 'shell'"),
    "Cannot run the command: <shell> is missing (one of bash, zsh)",
  );
  assert.equal(
    messageOf("missingArgument", "error: missing required argument 'session'"),
    "Cannot run the command: <session> is missing (its id, or last)",
  );
  assert.equal(
    messageOf("missingArgument", "error: missing required argument 'other'"),
    "Cannot run the command: <other> is missing; see --help",
  );
  const text = "error: command-argument value 'tcsh' is invalid for argument 'shell'. " +
    "Allowed choices are bash, zsh.";
  assert.equal(
    messageOf("invalidArgument", text),
    "Cannot use 'tcsh' for <shell>: allowed choices are bash, zsh",
  );
});

Deno.test("usageMessage() says how many words a command takes, when there are more", () => {
  const text = (expected: string) => `error: too many arguments. Expected ${expected} but got 3.`;

  assert.deepEqual(
    ["0 arguments", "1 argument"].map((expected) => messageOf("excessArguments", text(expected))),
    [
      "Cannot use all of the words: this command takes options only",
      "Cannot use all of the words: this command takes 1 word",
    ],
  );
});

Deno.test("usageMessage() names the first word that is too many", () => {
  const text = "error: too many arguments. Expected 1 argument but got 2.";
  const error = new CommanderError(1, "commander.excessArguments", text);

  assert.equal(
    usageMessage(error, [], [], ["last", "more"]),
    "Cannot use 'more': this command takes 1 word",
  );
});

Deno.test("usageMessage() says which of two options to leave out", () => {
  const text = "error: option '-p, --period <name>' cannot be used with option '--since <time>'";

  assert.equal(
    messageOf("conflictingOption", text),
    "Cannot use --period beside --since: leave one of them out",
  );
});

Deno.test("usageMessage() stays short and in one line, whatever the user typed", () => {
  const long = "x\n".repeat(3000);
  for (const code of ["unknownCommand", "unknownOption", "invalidArgument", "other"]) {
    const message = messageOf(code, `error: option '--a' argument '${long}' is invalid. No.`);

    assert.ok(message.length < 300 && !message.includes("\n"), code);
  }
});
