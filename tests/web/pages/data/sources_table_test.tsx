/** Tests of `web/pages/data/sources_table.tsx`. */

import assert from "node:assert/strict";
import { SourcesTable } from "../../../../web/pages/data/sources_table.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

const MACHINE = { machine: "0123abcd", this_machine: true, files: 1, lines: 2, sessions: 3 };

Deno.test("SourcesTable() tells of each assistant, and of several machines", async () => {
  await using home = await filledHome();
  const request = await pageRequest(home, "/data");

  const one = String(<SourcesTable request={request} machines={[MACHINE]} />);
  const other = { ...MACHINE, machine: "", this_machine: false };
  const two = String(<SourcesTable request={request} machines={[MACHINE, other]} />);

  assert.match(one, /<th scope="row">Claude Code<\/th>.*?58 min ago.*?2\.1\.4/);
  assert.match(one, /<th scope="row">Cursor<\/th>/);
  assert.doesNotMatch(one, /0123abcd/);
  assert.match(two, /0123abcd \(this one\).*unnamed/);
});
