/** Tests of `blueplane doctor`. */

import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Machine, tempMachine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

const isUnix = Deno.build.os !== "windows";

Deno.test("runDoctor() is calm on a new machine, and exits with 0", async () => {
  using machine = tempMachine();
  const { code, stdout, stderr } = await doctor(machine);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^· Nothing is stored yet$/m);
  match(stdout, /^✓ Claude Code: 0 files, no event yet$/m);
  ok(!stdout.includes("✗"));
});

Deno.test("runDoctor() shows what of the format is not known", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().add("brand-new", {}).add("user", { newField: 1 });
  await runHere(machine, ["sync"]);
  const { stdout } = await doctor(machine);
  match(stdout, /^· 2 names not known to us/m);
  match(stdout, /^ line type +brand-new +1 +1$/m);
  match(stdout, /^ field\.user +newField +1 +1$/m);
});

Deno.test("runDoctor() prints a document without any path", async () => {
  using machine = tempMachine();
  new Transcript(machine.claude).prompt().response().add("brand-new", {});
  await runHere(machine, ["sync"]);
  const { code, stdout } = await doctor(machine, "--json");
  const report = JSON.parse(stdout);
  equal(code, 0);
  deepEqual(Object.keys(report).slice(0, 4), ["schema", "version", "healthy", "findings"]);
  equal(report.schema, "blueplane.doctor/1");
  for (const finding of report.findings) {
    deepEqual(Object.keys(finding), ["id", "severity", "title", "numbers", "remedy"]);
  }
  equal(
    new Set(report.findings.map(({ id }: { id: string }) => id)).size,
    report.findings.length,
  );
  deepEqual(report.drift, [
    { platform: "claude_code", kind: "line_type", name: "brand-new", count: 1, files: 1 },
  ]);
  deepEqual(report.versions, [{ platform: "claude_code", version: "2.1.231", sessions: 1 }]);
  deepEqual(report.settings[0], { key: "web.host", value: "127.0.0.1", origin: "default" });
  ok(!stdout.includes(machine.path));
});

Deno.test("runDoctor() exits with 1 and goes on, when a setting is unknown", async () => {
  using machine = tempMachine();
  Deno.mkdirSync(machine.home, { mode: 0o700 });
  Deno.writeTextFileSync(`${machine.home}/config.json`, '{"web": {"prt": 1}}');
  const { code, stdout } = await doctor(machine);
  equal(code, 1);
  match(
    stdout,
    /^✗ Cannot read config\.json: in line 1, .*'web\.prt';\n +did you mean web\.port/m,
  );
  match(stdout, /^✓ Claude Code/m);
});

Deno.test("runDoctor() exits with 1, when there can be no data folder", async () => {
  using machine = tempMachine();
  Deno.writeTextFileSync(machine.home, "");
  const { code, stdout, stderr } = await doctor(machine, "--json");
  deepEqual({ code, stderr }, { code: 1, stderr: "" });
  const { healthy, findings } = JSON.parse(stdout);
  equal(healthy, false);
  match(findings[0].title, /^Cannot make the data folder/);
});

Deno.test({
  name: "runDoctor() mends modes and a stale note with --fix, and nothing without",
  ignore: !isUnix, // Windows has no modes.
  async fn() {
    using machine = tempMachine();
    await doctor(machine);
    Deno.chmodSync(machine.home, 0o755);
    const note = `${machine.home}/serve.json`;
    Deno.writeTextFileSync(note, '{"pid":99999999,"url":"http://127.0.0.1:1"}');
    const before = await doctor(machine);
    match(before.stdout, /^! Other users may look into the data folder/m);
    match(before.stdout, /^! serve\.json names a server/m);

    const fixed = await doctor(machine, "--fix");

    match(
      fixed.stdout,
      /^✓ Mended: set 1 file mode, removed the note of a server that is gone$/m,
    );
    match(fixed.stdout, /^✓ The data folder is yours alone$/m);
    equal(Deno.statSync(machine.home).mode! & 0o777, 0o700);
    match((await doctor(machine, "--fix")).stdout, /^✓ There was nothing to mend$/m);
  },
});

function doctor(machine: Machine, ...args: string[]) {
  return runHere(machine, ["doctor", ...args], { env: { BLUEPLANE_PORT: "0" } });
}
