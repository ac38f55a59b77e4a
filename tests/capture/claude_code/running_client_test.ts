/** Tests of `capture/claude_code/running_client.ts`. */

import assert from "node:assert/strict";
import { sessionOfClient } from "../../../capture/claude_code/running_client.ts";
import { tempFolder } from "../../core/temp_folder.ts";

const ID = "c456607a-81f0-40c0-a095-3a6a572a9ce8";

for (
  const [what, note, expected] of [
    ["what its note says", JSON.stringify({ pid: 5058, sessionId: ID, status: "busy" }), ID],
    ["nothing of another's note", JSON.stringify({ pid: 5059, sessionId: ID }), undefined],
    ["nothing that is no id", JSON.stringify({ pid: 5058, sessionId: "../x" }), undefined],
    ["nothing of a note that is half written", '{"pid":5058,"sess', undefined],
    ["nothing where there is none", undefined, undefined],
  ] as const
) {
  Deno.test(`sessionOfClient() tells ${what}`, () => {
    using folder = tempFolder();
    Deno.mkdirSync(`${folder.path}/sessions`);
    if (note !== undefined) Deno.writeTextFileSync(`${folder.path}/sessions/5058.json`, note);
    const roots = [`${folder.path}/other`, `${folder.path}/projects`];

    const found = sessionOfClient(roots.map((path) => ({ path, named: true })), 5058);

    assert.equal(found, expected);
  });
}
