/** Tests of the first folder that a transcript names. */

import { equal } from "node:assert/strict";
import { firstFolder } from "../../../capture/claude_code/first_folder.ts";
import { tempFolder } from "../../core/temp_folder.ts";

Deno.test("firstFolder() finds the first, behind lines that name none", () => {
  using folder = tempFolder();
  const read = (text: string) => {
    Deno.writeTextFileSync(folder.at("a.jsonl"), text);
    return firstFolder(folder.at("a.jsonl"));
  };
  const line = (cwd: string) => `${JSON.stringify({ type: "user", cwd })}\n`;
  equal(read(`{"type":"summary"}\n${line('C:\\a "b"')}${line("/other")}`), 'C:\\a "b"');
  equal(read('{"type":"summary"}\n'), undefined);
  equal(read('{"cwd":"\\x"}'), undefined);
  equal(firstFolder(folder.at("none.jsonl")), undefined);
});
