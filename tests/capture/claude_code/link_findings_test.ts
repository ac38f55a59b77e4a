/** Tests of what is said of links that are not followed. */

import assert from "node:assert/strict";
import { linkFindings } from "../../../capture/claude_code/link_findings.ts";
import { tempFolder } from "../../core/temp_folder.ts";

Deno.test({
  name: "linkFindings() names links to folders and transcripts, and no others",
  ignore: Deno.build.os === "windows", // Links need a right of their own there.
  fn() {
    using projects = tempFolder();
    using elsewhere = tempFolder();
    Deno.mkdirSync(`${projects.path}/-shop/memory`, { recursive: true });
    Deno.writeTextFileSync(`${elsewhere.path}/s1.jsonl`, "{}\n");
    const links = [`${projects.path}/-linked`, `${projects.path}/-shop/s1.jsonl`];
    assert.deepEqual(linkFindings([projects.path]), []);

    Deno.symlinkSync(elsewhere.path, links[0]!);
    Deno.symlinkSync(`${elsewhere.path}/s1.jsonl`, links[1]!);
    Deno.symlinkSync(`${elsewhere.path}/s1.jsonl`, `${projects.path}/-shop/notes.txt`);
    Deno.symlinkSync(elsewhere.path, `${projects.path}/-shop/memory/more`);

    const [finding] = linkFindings([projects.path]);
    assert.equal(finding?.severity, "note");
    assert.deepEqual(finding.numbers, { links_not_followed: 2 });
    assert.deepEqual(finding.details?.toSorted(), links.toSorted());
    assert.ok(!finding.title.includes(projects.path));
  },
});
