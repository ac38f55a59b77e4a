/** Tests of `cli/advice/similar_lines.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { similarCsv, similarMarkdown, similarText } from "../../../cli/advice/similar_lines.ts";
import { Advisor } from "../../../core/reports/advisor.ts";
import { reportSimilar, type SimilarReport } from "../../../core/reports/similar_report.ts";
import { alikeSessions } from "../../helpers/alike_sessions.ts";
import { NOON } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { PLAIN } from "../analysis/sample_report.ts";

const LOOK = { paint: PLAIN, columns: 80, now: NOON };

async function report(each?: number): Promise<SimilarReport> {
  await using home = await filledHome(alikeSessions(each).flatMap(({ events }) => events));
  return reportSimilar(new Advisor(home.db), { session: "code-0", limit: 3 })!;
}

Deno.test("similarText() shows sessions, strategies and tools within the width", async () => {
  const text = similarText(await report(), LOOK);

  match(text, /^ code-2 +1c8bbfa6 +3 d ago +100\.0 % +ts, edit, test +100\.0 % +0\.0 %/m);
  match(text, /^100\.0 % of those that went well ran tests \(n 6\), 0\.0 % of the others/m);
  match(text, /→ Have files read before they are changed/);
  match(text, /^Tools whose calls went well: Bash 100\.0 % of 13, Read/m);
  deepEqual(text.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("similarText() marks what a session cost, when that is a lower bound", async () => {
  const told = await report();
  const textOf = (cost_is_lower_bound: boolean) => {
    const sessions = told.sessions.map((session) => ({
      ...session,
      outcome: { ...session.outcome, ...{ cost_usd: 1.5, cost_is_lower_bound } },
    }));
    return similarText({ ...told, sessions }, LOOK);
  };

  match(textOf(true), /^ code-2 .* ≥\$1\.50$/m);
  match(textOf(false), /^ code-2 .* \$1\.50$/m);
});

Deno.test("similarText() says that sessions are too few, or none so much alike", async () => {
  equal(similarText(await report(3), LOOK), "Too little to compare: 5 of 10 sessions.\n");
  const none = { ...await report(), sessions: [] };
  equal(similarText(none, LOOK), "No session is so much alike.\n");
});

Deno.test("similarCsv() and similarMarkdown() have a row for each session", async () => {
  const told = await report();

  const [names, first, ...more] = similarCsv(told).trimEnd().split("\r\n");
  match(names!, /^session_id,platform,project_id,/);
  match(
    first!,
    /^code-2,claude_code,1c8bbfa69a576471,,2026-02-26T12:00:00.000Z,0\.9\d+,1,0,0,0,/,
  );
  equal(more.length, 2);
  equal(similarMarkdown(told, NOON).match(/^\| code-/gm)?.length, 3);
});
