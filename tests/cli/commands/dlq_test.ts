/** Tests of `blueplane dlq list` and `show`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { noLetter, readLetterId, withLetters } from "../../../cli/commands/dlq.ts";
import { NotFoundError, UsageError } from "../../../cli/exit.ts";
import { openWorkspace } from "../../../cli/workspace.ts";
import { countDeadLetters } from "../../../core/reports/dead_letters_report.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";
import { bury } from "../bury.ts";
import { recordedIo, runHere } from "../recorded_io.ts";

Deno.test("runDlqList() says so, when there is no dead letter", async () => {
  using machine = tempMachine();

  const { code, stdout, stderr } = await runHere(machine, ["dlq", "list"]);

  deepEqual({ code, stdout, stderr }, { code: 0, stdout: "No dead letters.\n", stderr: "" });
  ok(!existsSync(`${machine.home}/telemetry.db`), "reading made a database");
});

Deno.test("runDlqList() shows what is wrong with each, and what to do next", async () => {
  using machine = tempMachine();
  bury(machine);

  const { code, stdout } = await runHere(machine, ["dlq", "list"], { columns: 130 });

  equal(code, 0);
  const lines = stdout.split("\n").map((line) => line.trim().split(/ {2,}/));
  equal(lines[0]!.join(), "id,failed,from,group,error,what is wrong,tries,again");
  const from = ["now", "telemetry:events", "processors"];
  deepEqual(lines.slice(1, 4), [
    ["3", ...from, "SyntaxError", "SyntaxError", "3", "no"],
    ["2", ...from, "RangeError", "its platform is not registered", "3", "yes"],
    ["1", ...from, "RangeError", "its platform is not registered", "3", "yes"],
  ]);
  match(lines[4]![0]!, /^blueplane dlq show 3 tells more, drop 3 removes it$/);
});

Deno.test("runDlqList() stays within a narrow terminal, and says what is wrong", async () => {
  using machine = tempMachine();
  bury(machine);

  const { stdout } = await runHere(machine, ["dlq", "list"], { columns: 80 });

  ok(stdout.split("\n").every((line) => line.length <= 80), stdout);
  match(stdout, /telemetry:events +its platform is not registered +yes/);
});

Deno.test("runDlqList() shows a part, and says of how many", async () => {
  using machine = tempMachine();
  bury(machine);

  const part = await runHere(machine, ["dlq", "list", "-n", "1", "--offset", "1"]);
  const beyond = await runHere(machine, ["dlq", "list", "--offset", "9"]);

  match(part.stdout, /^ +2 [^]*\nshowing no\. 2 of 3; -n 0 shows all\n/m);
  equal(beyond.stdout, "Only 3 dead letters.\n");
});

Deno.test("runDlqList() prints the document", async () => {
  using machine = tempMachine();
  bury(machine);

  const { stdout } = await runHere(machine, ["dlq", "list", "--json"]);

  const { schema, letters, total } = JSON.parse(stdout);
  deepEqual([schema, total], ["blueplane.dlq/1", 3]);
  deepEqual(letters.map(({ id }: { id: number }) => id), [3, 2, 1]);
});

Deno.test("runDlqList() prints CSV and Markdown, without notes between rows", async () => {
  using machine = tempMachine();
  bury(machine);

  const csv = (await runHere(machine, ["dlq", "list", "-f", "csv"])).stdout.split("\r\n");
  const markdown = (await runHere(machine, ["dlq", "list", "-f", "markdown"])).stdout;

  equal(csv.length, 1 + 3 + 1);
  match(csv[0]!, /^id,stream,error,/);
  match(csv[1]!, /^3,telemetry:events,SyntaxError,/);
  match(markdown, /^\| id \| failed \|[^]*\n\| 3 \| now \|/);
  equal(markdown.trimEnd().split("\n").length, 2 + 3);
});

Deno.test("runDlqShow() shows a letter with its event", async () => {
  using machine = tempMachine();
  bury(machine);

  const { code, stdout } = await runHere(machine, ["dlq", "show", "2"]);
  const document = JSON.parse((await runHere(machine, ["dlq", "show", "2", "--json"])).stdout);

  equal(code, 0);
  match(stdout, /^wrong {5}RangeError: Cannot store an event: its platform is not registered$/m);
  match(stdout, /^event {5}user_prompt of emacs, session s1, 2026-03-01T12:00:00\.000Z$/m);
  match(stdout, /"words": 3/);
  match(stdout, /^next {6}blueplane dlq replay 2 tries once more, dlq drop 2 removes it\n$/m);
  deepEqual([document.schema, document.letter.id, document.event.payload.words], [
    "blueplane.dlq/1",
    2,
    3,
  ]);
});

Deno.test("runDlqShow() says that nothing was kept, when the entry was no event", async () => {
  using machine = tempMachine();
  bury(machine);

  const { stdout } = await runHere(machine, ["dlq", "show", "3"]);

  match(stdout, /^event {5}not kept: what is no event might hold anything\nnext {6}.* drop 3 /m);
  ok(!stdout.includes("secret"));
});

Deno.test("runDlqShow() exits with 3, when there is no such letter", async () => {
  using machine = tempMachine();
  bury(machine);

  deepEqual(await runHere(machine, ["dlq", "show", "7"]), {
    code: 3,
    stdout: "",
    stderr: "error: Cannot show the dead letter: there is none with id 7\n",
  });
});

Deno.test("runDlqShow() exits with 2, when the id is none", async () => {
  using machine = tempMachine();

  for (const word of ["x", "0", "1.5", "1e3", "-1", ""]) {
    equal((await runHere(machine, ["dlq", "show", "--", word])).code, 2, word);
  }
});

Deno.test("withLetters() reads of none, when there is no database", () => {
  using machine = tempMachine();
  const workspace = openWorkspace(recordedIo(machine, []), { color: true, sync: true });

  equal(withLetters(workspace, countDeadLetters), 0);
  bury(machine);
  equal(withLetters(workspace, countDeadLetters), 3);
});

Deno.test("readLetterId() reads whole numbers from one on, and quotes what is none", () => {
  equal(readLetterId("42"), 42);
  for (const word of ["x".repeat(99), "0x1", "00", " 1"]) {
    let thrown: unknown;
    try {
      readLetterId(word);
    } catch (error) {
      thrown = error;
    }
    ok(thrown instanceof UsageError && thrown.message.length < 99, word);
  }
});

Deno.test("noLetter() names the verb and the id", () => {
  const error = noLetter("drop", 9);

  ok(error instanceof NotFoundError);
  equal(error.message, "Cannot drop the dead letter: there is none with id 9");
});
