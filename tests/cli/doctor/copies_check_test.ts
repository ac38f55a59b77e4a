/** Tests of what is told of older databases. */

import { deepEqual, equal, match } from "node:assert/strict";
import { checkCopies, checkMended } from "../../../cli/doctor/copies_check.ts";
import { openWriter } from "../../../core/open_writer.ts";
import { homeAt, makeHome } from "../../../core/home.ts";
import { noteMadeWith } from "../../../core/made_with.ts";
import { tempMachine } from "../../helpers/run_blueplane.ts";

Deno.test("checkCopies() names what lies beside the database", () => {
  using machine = tempMachine();
  const home = homeAt(machine.home);
  makeHome(home);
  deepEqual(checkCopies(home), []);
  Deno.writeTextFileSync(`${home.database}.schema-9`, "12345");

  const [finding] = checkCopies(home);

  equal(finding?.severity, "note");
  match(finding!.title, /^1 older file beside the database, 5 B: telemetry\.db\.schema-9$/);
});

Deno.test("checkMended() says how much came back, where that is known", () => {
  using db = openWriter(":memory:");
  deepEqual(checkMended(db), []);
  db.exec("insert into words values (1, 'claude_code')");
  db.exec(`insert into sessions (platform, session_id, started_at, counted)
    values (1, 'a', 5, 1), (1, 'b', 50, 1)`);
  const missing = (known: number) => {
    noteMadeWith(db, "mended", `10 ${known}`);
    return checkMended(db)[0]?.numbers?.sessions_missing;
  };

  deepEqual([missing(3), missing(1), missing(-1)], [2, 0, null]);
});
