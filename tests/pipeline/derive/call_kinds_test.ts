/** Tests of `pipeline/derive/call_kinds.ts`. */

import assert from "node:assert/strict";
import { openWriter } from "../../../core/open_writer.ts";
import { CallKinds } from "../../../pipeline/derive/call_kinds.ts";

const EDIT = { tool: 3, model: 4, mode: null, extension: 5 };

Deno.test("CallKinds.number() is one for the same words, another for others", () => {
  using db = openWriter(":memory:");
  const kinds = new CallKinds(db);

  const number = kinds.number(EDIT);

  assert.equal(kinds.number({ ...EDIT }), number);
  assert.equal(new CallKinds(db).number(EDIT), number);
  assert.notEqual(kinds.number({ ...EDIT, mode: 5, extension: null }), number);
});

Deno.test("CallKinds.forget() gives out anew what was rolled back", () => {
  using db = openWriter(":memory:");
  const kinds = new CallKinds(db);
  db.exec("begin");
  kinds.number(EDIT);
  db.exec("rollback");

  kinds.forget();
  const number = kinds.number(EDIT);

  const rows = db.prepare("select id, tool, mode from call_kinds").all();
  assert.deepEqual(rows.map((row) => ({ ...row })), [{ id: number, tool: 3, mode: 0 }]);
});
