/** Tests of `web/pages/session/parts.tsx`. */

import assert from "node:assert/strict";
import { reportSession } from "../../../../core/reports/session_report.ts";
import { Files, Models, Tools } from "../../../../web/pages/session/parts.tsx";
import { filledHome, HAIKU, OPUS } from "../../../helpers/filled_home.ts";

Deno.test("Models() and its like hold what the report says", async () => {
  await using home = await filledHome();
  const report = reportSession(home.db, "alpha")!;

  const models = rowsOf(<Models report={report} />);
  const tools = rowsOf(<Tools report={report} nameOf={(tool) => tool.toUpperCase()} />);
  const files = rowsOf(<Files report={report} />);

  assert.deepEqual(models, [
    [OPUS, "1", "10", "900", "90", "100", "$0.004"],
    [HAIKU, "1", "5", "0", "20", "≥40", "≥$0.0002"],
  ]);
  assert.deepEqual(tools[0], ["BASH", "2", "1", "0", "–", "–", "–"]);
  assert.deepEqual(tools[1], ["EDIT", "2", "0", "1", "–", "–", "+5 −2"]);
  assert.deepEqual(files[0]!.slice(0, 4), ["ts", "1", "0", "+5 −2"]);
  assert.match(files[0]![4]!, /^100.0 % 21–100 %, n 1$/);
});

Deno.test("Models() and its like say where there is nothing", async () => {
  await using home = await filledHome();
  const report = { ...reportSession(home.db, "alpha")!, tools: [], files: [] };
  const session = { ...report.session, tokens_by_model: {} };

  assert.match(String(<Models report={{ ...report, session }} />), /No model answered/);
  assert.match(String(<Tools report={report} nameOf={String} />), /No tool was called/);
  assert.match(String(<Files report={report} />), /No call named a file/);
});

function rowsOf(table: unknown): string[][] {
  const [, body] = /<tbody>(.*)<\/tbody>/s.exec(String(table))!;
  return body!.split("</tr>").slice(0, -1).map((row) =>
    row.split(/<\/t[hd]>/).slice(0, -1).map((cell) => cell.replace(/<[^>]*>/g, ""))
  );
}
