/** Tests of the look at bytes. */

import { deepEqual } from "node:assert/strict";
import { Findings } from "../../../core/audit/audit.ts";
import { ByteAudit } from "../../../core/audit/byte_audit.ts";
import { PIECE_BYTES, PieceSearch } from "../../../core/audit/piece_search.ts";

const CHUNK_BYTES = 1 << 20;
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function audit(texts: readonly string[] = []) {
  const findings = new Findings(), pieces = new PieceSearch();
  pieces.add(bytesOf("the analytical engine weaves").slice(0, PIECE_BYTES));
  return { audit: new ByteAudit({ pieces, texts }, findings), findings };
}

for (const at of [0, 100, CHUNK_BYTES - 10, CHUNK_BYTES - 4000, CHUNK_BYTES, CHUNK_BYTES + 5]) {
  Deno.test(`look() finds each thing once, that stands at ${at}`, () => {
    const { audit: bytes, findings } = audit(["Grüße"]);
    for (const text of ["/home/ada/engine ", "the analytical engine weaves", "Grüße"]) {
      const all = new Uint8Array(CHUNK_BYTES * 2);
      all.set(bytesOf(text), at);
      bytes.look(text.slice(0, 3), all, ["path"]);
    }

    deepEqual(findings.all, [
      { place: "/ho", kind: "path", count: 1 },
      { place: "the", kind: "own_words", count: 1 },
      { place: "Grü", kind: "looked_for", count: 1 },
    ]);
  });
}

Deno.test("look() lets sentences of the program's own stand, and what was seen before", () => {
  const { audit: bytes, findings } = audit();
  const own = "Numbers that a client shows of a session, as the latest telling has them";

  bytes.look("own", bytesOf(own), ["free_text"], [`-- ${own}.`]);
  bytes.look("error", bytesOf("xCannot read an event: it is no JSON at all"), ["free_text"]);
  bytes.look("known", bytesOf("/home/ada/engine and more"), ["path"], [], 16);

  deepEqual(findings.all, []);
});
