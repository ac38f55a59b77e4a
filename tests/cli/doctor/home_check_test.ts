/** Tests of the examination of the data folder. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkHome, mendModes } from "../../../cli/doctor/home_check.ts";
import { homeAt } from "../../../core/home.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const isUnix = Deno.build.os !== "windows";

Deno.test("checkHome() finds the folder its user's alone, and room on its disk", () => {
  using folder = tempFolder();
  if (isUnix) Deno.chmodSync(folder.path, 0o700);
  const findings = checkHome(homeAt(folder.path));
  deepEqual(findings.map(({ id }) => id), ["home", "disk"]);
  equal(findings[0]!.severity, "ok");
  equal(Number(findings[1]!.numbers!.free_bytes) > 0, true);
});

Deno.test({
  name: "mendModes() closes what checkHome() finds open, at any depth, and no more",
  ignore: !isUnix, // Windows has no modes.
  fn() {
    using folder = tempFolder();
    const home = homeAt(folder.path);
    Deno.mkdirSync(folder.at("logs"));
    Deno.writeTextFileSync(folder.at("logs/a.log"), "");
    Deno.writeTextFileSync(folder.at("install.key"), "");
    Deno.symlinkSync("/etc/passwd", folder.at("link"));
    for (const [name, mode] of [["", 0o755], ["logs", 0o700], ["logs/a.log", 0o640]] as const) {
      Deno.chmodSync(folder.at(name), mode);
    }
    Deno.chmodSync(folder.at("install.key"), 0o600);

    const [open] = checkHome(home);
    equal(open!.severity, "warning");
    equal(open!.numbers!.open_to_others, 2);
    match(open!.remedy!, /--fix/);
    equal(mendModes(home), 2);

    equal(checkHome(home)[0]!.severity, "ok");
    equal(Deno.statSync(folder.at("logs/a.log")).mode! & 0o777, 0o600);
    equal(Deno.statSync(folder.path).mode! & 0o777, 0o700);
    equal(mendModes(home), 0);
  },
});

Deno.test({
  name: "mendModes() opens what checkHome() finds closed to its owner, from the top",
  ignore: !isUnix, // Windows has no modes.
  fn() {
    using folder = tempFolder();
    const home = homeAt(folder.path);
    Deno.mkdirSync(folder.at("logs"));
    Deno.writeTextFileSync(folder.at("logs/a.log"), "");
    Deno.chmodSync(folder.at("logs/a.log"), 0o400);
    Deno.chmodSync(folder.at("logs"), 0);
    Deno.chmodSync(folder.path, 0o500);

    const [closed] = checkHome(home);
    const mended = mendModes(home);

    equal(closed!.severity, "error");
    match(closed!.remedy!, /--fix/);
    deepEqual([closed!.numbers!.closed_to_owner, mended], Deno.uid() === 0 ? [3, 3] : [2, 3]);
    equal(checkHome(home)[0]!.severity, "ok");
    equal(Deno.statSync(folder.at("logs")).mode! & 0o777, 0o700);
    equal(Deno.statSync(folder.at("logs/a.log")).mode! & 0o777, 0o600);
  },
});
