/** Tests of `capture/cursor/state_findings.ts`: what is wrong with databases, and what to do. */

import assert from "node:assert/strict";
import { stateFindings } from "../../../capture/cursor/state_findings.ts";
import {
  changeState,
  listFolder,
  makeState,
  startWriter,
} from "../../helpers/cursor_databases.ts";
import { makeStateStage } from "./state_stage.ts";

Deno.test("stateFindings() finds nothing, when all is well, or nothing there", async () => {
  using stage = makeStateStage();
  assert.deepEqual(idsOf(stage), []);

  makeState(stage.global, [["composerData:a", "1"]]);
  makeState(stage.workspace("a"), [], "delete");
  await using writer = await startWriter(stage.global);
  await writer.put(["composerData:a", "2"]);

  assert.deepEqual(idsOf(stage), []);
});

Deno.test("stateFindings() tells empty, half-copied, damaged and strange ones apart", () => {
  using stage = makeStateStage();
  const rows = Array.from({ length: 200 }, (_, i) =>
    [
      `bubbleId:a:${i}`,
      "x".repeat(500),
    ] as const);
  makeState(stage.global, rows);
  const whole = Deno.readFileSync(stage.global);
  Deno.writeFileSync(stage.global, whole.slice(0, 50_000));
  for (const name of ["empty", "junk", "strange", "start"]) makeState(stage.workspace(name));
  Deno.writeTextFileSync(stage.workspace("empty"), "");
  Deno.writeTextFileSync(stage.workspace("junk"), "no database ".repeat(500));
  Deno.writeFileSync(stage.workspace("start"), whole.slice(0, 60));
  changeState(stage.workspace("strange"), (db) => {
    db.exec("drop table ItemTable; drop table cursorDiskKV");
  });

  const findings = stateFindings(stage.environment);

  assert.deepEqual(findings.map(({ id, numbers }) => [id, numbers!.databases]), [
    ["database_cut_short.cursor", 2],
    ["database_empty.cursor", 1],
    ["database_damaged.cursor", 1],
    ["database_strange.cursor", 1],
  ]);
  for (const { remedy, title, details } of findings) {
    assert.ok(remedy);
    assert.ok(!title.includes(stage.at("")) && details![0]!.startsWith(stage.at("")));
  }
});

Deno.test({
  name: "stateFindings() tells of a database that a link would lead to",
  ignore: Deno.build.os === "windows", // There it takes rights to make one.
  fn() {
    using stage = makeStateStage();
    makeState(stage.global);
    Deno.mkdirSync(stage.workspace("a").replace(/\/[^/]*$/, ""), { recursive: true });
    const elsewhere = Deno.makeTempFileSync({ prefix: "blueplane_test_" });
    Deno.symlinkSync(elsewhere, stage.workspace("a"));

    const findings = stateFindings(stage.environment);
    Deno.removeSync(elsewhere);

    assert.deepEqual(findings.map(({ id, title }) => [id, title]), [[
      "database_elsewhere.cursor",
      "Cursor: 1 database is behind a link that leads out of its folder, and not read",
    ]]);
  },
});

Deno.test("stateFindings() finds a database that is locked", async () => {
  using stage = makeStateStage();
  makeState(stage.global, [], "delete");
  await using writer = await startWriter(stage.global, "delete");
  await writer.run(["begin exclusive"]);

  assert.deepEqual(idsOf(stage), ["database_locked.cursor"]);
});

Deno.test("stateFindings() copies nothing and writes nothing", async () => {
  using stage = makeStateStage();
  makeState(stage.global);
  const writer = await startWriter(stage.global);
  await writer.put(["composerData:a", "1"]);
  await writer.kill();
  Deno.removeSync(`${stage.global}-shm`);
  const folder = stage.at("User/globalStorage");
  const before = listFolder(folder);

  assert.deepEqual(idsOf(stage), []);

  assert.deepEqual(listFolder(folder), before);
});

Deno.test("stateFindings() says so, when a log is too large to be copied", async () => {
  using stage = makeStateStage();
  makeState(stage.global);
  const writer = await startWriter(stage.global);
  await writer.put(["composerData:a", "1"]);
  await writer.kill();
  Deno.removeSync(`${stage.global}-shm`);
  // Holes: a file of this size that takes no room.
  Deno.truncateSync(`${stage.global}-wal`, 1024 ** 3 + 1);

  const [finding] = stateFindings(stage.environment);

  assert.equal(finding?.id, "database_without_log.cursor");
  assert.match(finding.remedy!, /Start Cursor/);
});

function idsOf({ environment }: ReturnType<typeof makeStateStage>): string[] {
  return stateFindings(environment).map(({ id }) => id);
}
