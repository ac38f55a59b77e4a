/** Tests of `web/pages/overview/shares.tsx`. */

import assert from "node:assert/strict";
import { reportHeadlines } from "../../../../core/reports/metrics_report.ts";
import {
  LatestSessions,
  ModelShares,
  ToolShares,
} from "../../../../web/pages/overview/shares.tsx";
import { makePrompt, NOON } from "../../../helpers/events.ts";
import { filledHome, HAIKU, OPUS } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

const DAY_MS = 86_400_000;

Deno.test("ModelShares() begins with the dearest, and marks lower bounds", async () => {
  await using home = await filledHome();
  const { query } = await pageRequest(home, "/?period=24h");
  const html = String(<ModelShares report={reportHeadlines(home.db, query)} />);

  assert.deepEqual(
    [...html.matchAll(/<th scope="row">([^<]*)</g)].map(([, name]) => name),
    [OPUS, HAIKU],
  );
  assert.match(html, /<td class="number">≥\d+<\/td>/);
});

Deno.test("ToolShares() has the share of each tool, and what did not go through", async () => {
  await using home = await filledHome();
  const { query } = await pageRequest(home, "/?period=24h");
  const html = String(
    <ToolShares report={reportHeadlines(home.db, query)} nameOf={(tool) => `my ${tool}`} />,
  );

  const [, row] = /<th scope="row">my Edit<\/th>(.*?)<\/tr>/.exec(html)!;
  assert.deepEqual(
    [...row!.matchAll(/<td class="number">([^<]*)</g)].map(([, cell]) => cell),
    ["3", "42.9 %", "1"],
  );
});

Deno.test("LatestSessions() lists fourteen at most, each with its page", async () => {
  await using home = await filledHome(
    Array.from({ length: 20 }, (_, i) => makePrompt({ id: `p${i}`, session: `s${i}` })),
  );

  const html = String(<LatestSessions request={await pageRequest(home, "/?period=1h")} />);

  assert.equal(html.match(/<a href="\/sessions\/s\d+\?period=1h">/g)?.length, 14);
});

Deno.test("LatestSessions() has those that went on then, when one day is chosen", async () => {
  await using home = await filledHome([
    makePrompt({ id: "p1", session: "before", at: NOON - 3 * DAY_MS }),
    makePrompt({ id: "p2", session: "after", at: NOON }),
  ]);
  const listed = async (query: string) => {
    const html = String(<LatestSessions request={await pageRequest(home, query)} />);
    return [...html.matchAll(/<code title="([^"]*)"/g)].map(([, id]) => id);
  };

  assert.deepEqual(await listed("/?since=2026-02-26&until=2026-02-27"), ["before"]);
  assert.deepEqual(await listed("/?since=2026-02-25&until=2026-02-26"), []);
  assert.deepEqual(await listed("/?period=1h"), ["after", "before"]);
});
