/** Two sessions with something in them for each number of the sections context and usage. */

import { literal } from "../../../core/privacy.ts";
import { readWords } from "../../../core/words.ts";
import type { UsageQuery } from "../../../core/reports/usage_sums.ts";
import { reportMetrics } from "../../../core/reports/metrics_report.ts";
import { NOON } from "../../helpers/events.ts";
import { type FilledHome, filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";

const SERVER = literal("mcp:0badcafe");

/** A home that holds them. */
export function usageHome(): Promise<FilledHome> {
  const one = new Story("one")
    .input("user_prompt", { words: 4, characters: 20 })
    .response({ input: 1000, cacheRead: 9000, output: 100 })
    .call("Read", { file: "a" })
    .call("Edit", { file: "a", added: 30, removed: 10 })
    .call("mcp:1", { server: SERVER })
    .input("user_prompt", { words: 200, characters: 900 })
    .response({ cacheRead: 120_000, output: 100, told: { mcp_server: SERVER } })
    .call("Read", { file: "b" })
    .call("Edit", { file: "b", outcome: "failed" })
    .call("Edit", { file: "b", added: 10 })
    .input("context_compact", { tokens_before: 120_000, tokens_after: 20_000 })
    .wait(60_000)
    .response({ cacheRead: 30_000, output: 100, model: "claude-haiku-4-5-20251001" });
  const two = new Story("two", { at: NOON - 30 * 3_600_000, project: "2d9ccfb70b687582" })
    .input("user_prompt", { words: 30, characters: 100 })
    .response({
      input: 500,
      output: 50,
      sidechain: true,
      told: { agent_type: literal("Explore"), effort: literal("high") },
    })
    .call("Grep", { sidechain: true });
  return filledHome([...one.events, ...two.events]);
}

/** What is read of it: everything, or the last so many hours. */
export function ask({ db, clock }: FilledHome, hours?: number) {
  const now = clock.now(), words = readWords(db);
  const period = { from: hours === undefined ? undefined : now - hours * 3_600_000, to: now + 1 };
  const query: UsageQuery = { period, filter: {}, now };
  const report = reportMetrics(db, { period, now });
  return { db, query, words, report, totals: report.totals };
}
