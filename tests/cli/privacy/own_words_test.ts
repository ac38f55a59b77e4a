/** Tests of what is taken from the assistants' own files. */

import { equal, ok } from "node:assert/strict";
import { addOwnWords } from "../../../cli/privacy/own_words.ts";
import { PrivacyAudit } from "../../../core/privacy_audit.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

const SENTENCE = "weave algebraic patterns just as the loom weaves flowers";

function environmentOf({ user, claude }: ReturnType<typeof tempMachine>) {
  return { home: user, get: (name: string) => name === "CLAUDE_CONFIG_DIR" ? claude : undefined };
}

Deno.test("addOwnWords() takes pieces from the beginning, middle and end of every file", () => {
  using machine = tempMachine();
  const folder = `${machine.claude}/projects/engine`;
  Deno.mkdirSync(folder);
  const filler = `${JSON.stringify({ type: "progress", n: "x".repeat(50) })}\n`.repeat(10_000);
  const [first, middle, last] = ["begin", "middle", "end"].map((word) =>
    `${JSON.stringify({ message: `${word} ${word} ${SENTENCE}` })}\n`
  );
  Deno.writeTextFileSync(`${folder}/a.jsonl`, first + filler + middle + filler + last);
  Deno.writeTextFileSync(`${folder}/b.jsonl`, "");
  const audit = new PrivacyAudit([]);

  const files = addOwnWords(audit, environmentOf(machine));

  equal(files, 2);
  equal(audit.pieces, 3);
  audit.lookAt({ place: "x", bytes: new TextEncoder().encode(`"end end ${SENTENCE}"`) });
  ok(audit.findings.some(({ kind }) => kind === "own_words"));
});

Deno.test("addOwnWords() takes nothing where there is nothing", () => {
  using machine = tempMachine();
  const audit = new PrivacyAudit([]);

  equal(addOwnWords(audit, environmentOf(machine)), 0);
  equal(audit.pieces, 0);
});
