/** Tests of asking for a passphrase. */

import { equal, match, rejects } from "node:assert/strict";
import { askPassphrase, PassphraseError } from "../../cli/passphrase.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { nextTurn } from "../pipeline/pass_time.ts";
import { recordedIo } from "./recorded_io.ts";

Deno.test("askPassphrase() takes it from the environment, then from a pipe", async () => {
  using machine = tempMachine();
  const env = { BLUEPLANE_PASSPHRASE: "from there" };
  equal(
    await askPassphrase(recordedIo(machine, [], { env, stdin: "piped\n" }), true),
    "from there",
  );
  equal(await askPassphrase(recordedIo(machine, [], { stdin: "a b c\nmore" }), true), "a b c");
  await rejects(askPassphrase(recordedIo(machine, []), false), /there is no terminal/);
});

Deno.test("askPassphrase() shows nothing of it, and asks twice for a new one", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, [], { typed: "", isTerminal: true });
  const type = async (text: string) => {
    for (const key of text) io.press(key);
    await nextTurn();
  };

  const asked = askPassphrase(io, true);
  await type("secreX\x7ft\r");
  await type("secret\r");
  equal(await asked, "secret");
  equal(io.stderr.text, "New passphrase: \nThe same again: \n");

  const other = askPassphrase(io, true);
  other.catch(() => {});
  await type("secret\r");
  await type("sekret\r");
  await rejects(other, /the two differ/);
});

Deno.test("askPassphrase() ends when it is interrupted, and listens no more", async () => {
  using machine = tempMachine();
  const io = recordedIo(machine, [], { typed: "", isTerminal: true });

  const asked = askPassphrase(io, false);
  asked.catch(() => {});
  io.press("x");
  io.interrupt();

  await rejects(asked, PassphraseError);
  match(io.stderr.text, /^Passphrase: \n$/);
  equal(io.listeners(), 0);
});
