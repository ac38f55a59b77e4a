/** Tests of `cli/analysis/session_charts.ts`. */

import { equal, match, ok } from "node:assert/strict";
import { sessionCharts } from "../../../cli/analysis/session_charts.ts";
import { visibleWidth } from "../../../cli/table.ts";
import { Story } from "../../helpers/story.ts";
import { lookOf } from "../charts/looks.ts";
import { sampleReport } from "./sample_report.ts";

Deno.test("sessionCharts() draws how cost and tokens grew, and tools", async () => {
  const lines = sessionCharts(await sampleReport("alpha"), lookOf(60));
  match(lines[0]!, /^cost so far, ≥\$0\.0\d+ in 2 min$/);
  ok(lines.some((line) => /^tokens so far, 1,165 in/.test(line)), lines.join("\n"));
  match(lines.join("\n"), /tool calls, 5 in all\n Bash +2 .*40\.0 %/);
  ok(lines.every((line) => visibleWidth(line) <= 60));
});

Deno.test("sessionCharts() says what is not known", async () => {
  const { events } = new Story("s1").prompt().response({ tokens: "not_kept" });
  const text = sessionCharts(await sampleReport("s1", events), lookOf(60)).join("\n");
  equal(
    text,
    "cost so far: not known\n\ntokens so far: not known\n\n" +
      "tool calls, 0 in all\n no tool was called",
  );
});
