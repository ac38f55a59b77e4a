/** Tests of `web/pages/insights/finding_article.tsx`. */

import assert from "node:assert/strict";
import type { Insight } from "../../../../core/reports/insights_report.ts";
import { FindingArticle } from "../../../../web/pages/insights/finding_article.tsx";
import { filledHome } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

const INSIGHT: Insight = {
  id: "0123abcd",
  kind: "cost.large_context",
  type: "cost",
  severity: "high",
  state: "open",
  title: "Contexts of <b> were large",
  sessions: 2,
  session_id: "alpha-and-more",
  platform: "claude_code",
  project_id: null,
  project_label: null,
  about: null,
  numbers: { responses: 3, wasted_usd: 1.5, waited_ms: 60_000 },
  n: 7,
  n_of: "responses",
  expected_gain: { tokens: 1000, cost_usd: 2.5, duration_ms: null },
  period: { from: "2026-02-01T00:00:00.000Z", to: "2026-03-01T00:00:00.000Z" },
  suggestion: "Compact it",
};

async function articleOf(more: Partial<Insight> = {}): Promise<string> {
  await using home = await filledHome([]);
  const request = await pageRequest(home, "/insights?platform=claude");
  return String(
    <FindingArticle
      insight={{ ...INSIGHT, ...more }}
      request={request}
      nameOf={(text) => text}
    />,
  );
}

Deno.test("FindingArticle() says how much it matters, where, and what to do", async () => {
  const html = await articleOf();

  assert.match(html, /<\/span> high<\/span> Contexts of &lt;b&gt; were large/);
  assert.match(
    html,
    /in 2 sessions since 2026-02-01, as in .*href="\/sessions\/alpha-and-more\?pl/,
  );
  assert.match(html, /Compact it\./);
  for (
    const [name, text] of [
      ["responses", "3"],
      ["wasted", "\\$1.50"],
      ["waited", "1 min"],
      ["of", "7 responses"],
      ["could save", "\\$2.50, 1,000 tokens"],
    ]
  ) {
    assert.match(html, new RegExp(`<dt>${name}</dt><dd>${text}</dd>`), name);
  }
});

Deno.test("FindingArticle() offers what can be done with it, as it stands", async () => {
  const bodies = async (state: Insight["state"]) =>
    [...(await articleOf({ state })).matchAll(/data-body="([^"]*)"/g)]
      .map(([, body]) => JSON.parse(body!.replaceAll("&quot;", '"')));

  assert.deepEqual(await bodies("open"), [
    { dismiss: { id: "0123abcd", severity: "high", sessions: 2 } },
    { mute: "cost.large_context" },
  ]);
  assert.deepEqual(await bodies("dismissed"), [{ restore: "0123abcd" }]);
  assert.deepEqual(await bodies("muted"), [{ unmute: "cost.large_context" }]);
});

Deno.test("FindingArticle() says that a gain is not known, where it is not", async () => {
  assert.match(await articleOf({ expected_gain: null }), /could save<\/dt><dd>not known</);
});

Deno.test("FindingArticle() names a kind in words, muted or shown again", async () => {
  const said = async (state: Insight["state"]) =>
    [...(await articleOf({ state })).matchAll(/data-done="([^"]*)"/g)].map(([, text]) => text);

  assert.deepEqual(await said("open"), [
    "Dismissed.",
    "Findings about large context are no longer shown.",
  ]);
  assert.deepEqual(await said("muted"), ["Findings about large context are shown again."]);
});
