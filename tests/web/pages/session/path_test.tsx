/** Tests of `web/pages/session/path.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { Waits } from "../../../../web/pages/session/path.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { Story } from "../../../helpers/story.ts";

Deno.test("Waits() holds what the report says", async () => {
  const story = new Story().prompt().call("Bash", { tookMs: 4000 }).wait(4000).response();
  await using home = await filledHome(story.events);
  const report = reportSession(home.db, "s1")!;
  const beside = { ...report.critical_path!, beside_ms: 2000 };

  const waits = textOf(<Waits report={report} nameOf={(tool) => tool.toUpperCase()} />);

  assert.match(waits, /BASH 66.7 % 4 s 1 MODEL 33.3 % 2 s 2/);
  assert.match(waits, /The longest steps: BASH 4 s, MODEL 1 s, MODEL 1 s\./);
  assert.match(
    textOf(<Waits report={{ ...report, critical_path: beside }} nameOf={String} />),
    /calls ran for 2 s that nothing waited for/,
  );
});

Deno.test("Waits() says where nothing is known", async () => {
  await using home = await filledHome();
  const report = { ...reportSession(home.db, "alpha")!, critical_path: null };

  assert.match(textOf(<Waits report={report} nameOf={String} />), /records no times/);
});

function textOf(part: unknown): string {
  return String(part).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}
