/** Tests of an aggregate as Markdown. */

import { doesNotMatch, match } from "node:assert/strict";
import { filesText, teamMarkdown } from "../../../cli/team/team_text.ts";
import { TEAM } from "../../helpers/team_document.ts";

Deno.test("teamMarkdown() tells groups, all numbers, and what was refused", () => {
  const text = teamMarkdown(TEAM);

  match(text, /^# Team\n\nMade on 2026-03-21\. No number is of fewer than 3 members\.\n/);
  const ofCursor = teamMarkdown({ ...TEAM, filters: { platform: "cursor" } });
  match(ofCursor, /Made on 2026-03-21 of cursor alone\. No number/);
  match(text, /- file 4: it is no export of Blueplane\n/);
  match(text, /### By month\n\n\| month \| members \| sessions \| user_prompts \| cost_usd \|\n/);
  match(text, /\| 2026-03 \| 3 \| 15 \| 60 \| – \|\n\| \(the rest\) \| 3 \| 5 \|/);
  match(text, /\| kept_value \| – \| 50\.0 % \| 20 \| 4 \|/);
  match(text, /## Metrics\n\n2 members, 3 exports \(1 of nobody who is a member\): too few/);
});

Deno.test("teamMarkdown() lets no name of a group be more than text", () => {
  const [part] = TEAM.parts;
  const groups = { models: [{ ...part!.totals!, key: "<b>|x" }] };

  const text = teamMarkdown({ ...TEAM, parts: [{ ...part!, groups }] });

  doesNotMatch(text, /[^\\]<b>|[^\\]\|x/);
});

Deno.test("filesText() says what became of the files", () => {
  match(filesText(TEAM.files), /^4 files: 2 counted, 1 replaced by others, 1 refused$/);
});
