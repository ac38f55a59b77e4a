/** Tests of an aggregate on a page. */

import assert from "node:assert/strict";
import { TeamParts } from "../../../../web/pages/team/team_parts.tsx";
import { TEAM } from "../../../helpers/team_document.ts";

Deno.test("TeamParts() has a chart of months, a table of each text, and all numbers", () => {
  const html = String(<TeamParts document={TEAM} platformName={nameOf} />);

  assert.match(html, /aria-label="Sessions by month"/);
  assert.match(html, /By platform/);
  assert.match(html, /<summary>All 3 numbers<\/summary>/);
  assert.match(html, /the rest/);
  assert.match(html, /Too few members to show anything: it takes 3\./);
  assert.match(html, /1 export without a member\./);
  assert.doesNotMatch(html, / style=|NaN|undefined/);
});

Deno.test("TeamParts() calls numbers by their titles, and shows money as money", () => {
  const html = String(<TeamParts document={TEAM} platformName={nameOf} />);

  assert.match(html, />Cost</);
  assert.match(html, />\$12\.50</);
  assert.doesNotMatch(html, /cost usd|>members</);
});

Deno.test("TeamParts() calls platforms as people do", () => {
  const document = { ...TEAM, filters: { platform: "claude_code" } };

  const html = String(<TeamParts document={document} platformName={nameOf} />);

  assert.match(html, /of 4 files of Claude Code alone:/);
  assert.match(html, />Claude Code<\/span><\/th>/);
  assert.doesNotMatch(html, /claude_code/);
});

Deno.test("TeamParts() shows a name of whatever kind as text", () => {
  const [part] = TEAM.parts;
  const groups = { models: [{ ...part!.totals!, key: "<img src=x>" }] };

  const html = String(
    <TeamParts document={{ ...TEAM, parts: [{ ...part!, groups }] }} platformName={nameOf} />,
  );

  assert.doesNotMatch(html, /<img/);
});

function nameOf(id: string): string {
  return id === "claude_code" ? "Claude Code" : id;
}
