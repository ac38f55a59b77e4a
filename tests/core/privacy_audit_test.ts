/** Tests of the audit as a whole. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { openForAudit } from "../../core/database.ts";
import { PrivacyAudit } from "../../core/privacy_audit.ts";
import { filledHome } from "../helpers/filled_home.ts";

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
const PROMPT = "weave algebraic patterns just as the loom weaves flowers";

Deno.test("findings() has nothing of a database, its file included", async () => {
  await using home = await filledHome();
  const audit = new PrivacyAudit(["lovelace"]);
  audit.addOwnWords(bytesOf(JSON.stringify({ message: PROMPT })), 10);
  using db = openForAudit(home.path)!;

  audit.allowSchema(db);
  const columns = audit.lookAtColumns(db);
  const { events } = audit.lookAtBlocks("blocks", db);
  for (const file of [home.path, `${home.path}-wal`]) {
    audit.lookAt({ place: "file", bytes: Deno.readFileSync(file) });
  }

  deepEqual(audit.findings, []);
  equal(audit.pieces, 1);
  ok(columns.length > 200 && events > 20);
});

Deno.test("findings() has a person's own words, in any bytes", () => {
  const audit = new PrivacyAudit(["Ada L."]);
  audit.addOwnWords(bytesOf(JSON.stringify({ message: PROMPT })), 10);

  audit.lookAt({ place: "log", bytes: bytesOf(`note ${PROMPT}`), hasSentences: true });
  audit.lookAt({ place: "spool", bytes: bytesOf(`note: Ada L.`) });

  deepEqual(audit.findings, [
    { place: "log", kind: "own_words", count: 1 },
    { place: "spool", kind: "looked_for", count: 1 },
  ]);
});

Deno.test("lookAtValue() lets words, numbers and JSON of them stand", () => {
  const audit = new PrivacyAudit([]);
  for (const value of ["0194-aa Edit", "17", '{"event_type":"tool_use","lines":3}', ""]) {
    audit.lookAtValue("safe", value);
  }
  audit.lookAtValue("stream", '{"prompt":"make it work"}');

  deepEqual(audit.findings, [{ place: "stream", kind: "unsafe_value", count: 1 }]);
});
