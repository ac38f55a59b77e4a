/**
 * Tools of the category search: which sessions there were.
 *
 * @module
 */

import * as z from "zod";
import { parseMoment } from "../core/reports/period.ts";
import { SEARCH_SORTS, searchSessions } from "../core/reports/session_search.ts";
import type { Session } from "../core/reports/sessions_report.ts";
import { requirePlatform, sessionIn } from "./metrics_tools.ts";
import { defineTool, onlyOf, ToolError } from "./tool.ts";

const LIMIT = 10;
const LIMIT_MAX = 50;
const WORDS_MAX = 8;

/** A session in short: projects by their hash alone, as an answer leaves this machine. */
export const SESSION_LINE = z.object({
  session_id: z.string(),
  platform: z.string(),
  project_id: z.string().nullable(),
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  user_prompts: z.number().nullable(),
  tool_uses: z.number().nullable(),
  acceptance_rate: z.number().nullable(),
  lines_added: z.number().nullable(),
  cost_usd: z.number().nullable(),
  cost_is_lower_bound: z.boolean().nullable(),
});

/** What `SESSION_LINE` asks for. */
export function lineOf(session: Session) {
  const { session_id, platform, project_id, ended_at, duration_ms } = session;
  const { user_prompts, tool_uses, lines_added, cost_usd, cost_is_lower_bound } = session;
  return {
    session_id,
    platform,
    project_id,
    ended_at,
    duration_ms,
    user_prompts,
    tool_uses,
    acceptance_rate: session.acceptance.rate,
    lines_added,
    cost_usd,
    cost_is_lower_bound,
  };
}

/** `search_sessions` */
export const findSessions = defineTool({
  name: "search_sessions",
  title: "Search sessions",
  description: "Sessions by tools, file extensions, models and error classes; no content is " +
    "stored that could be searched. Page on with cursor.",
  input: {
    query: z.string().max(200).optional().describe("words, all of which must fit: Bash ts opus"),
    filters: onlyOf({
      platform: z.string().max(40).optional(),
      since: z.string().max(40).optional(),
      until: z.string().max(40).optional(),
    }).optional(),
    sort_by: z.enum(SEARCH_SORTS).optional(),
    limit: z.number().int().min(1).max(LIMIT_MAX).optional(),
    cursor: z.string().max(20).optional(),
  },
  output: {
    total: z.number(),
    sessions: z.array(SESSION_LINE),
    next_cursor: z.string().nullable(),
  },
  tokensMax: 1500,
  run({ query = "", filters = {}, sort_by = "recent", limit = LIMIT, cursor }, call) {
    const { platform, since, until } = filters;
    const offset = cursor === undefined ? 0 : placeOf(cursor);
    // What has the shape of no safe word is in none of them.
    const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
    return call.read((db) => {
      const { sessions, total } = searchSessions(db, {
        words: words.slice(0, WORDS_MAX),
        platform: platform && requirePlatform(platform, call.context.platformId),
        from: moment(since),
        to: moment(until),
        sort: sort_by,
        // So many fit into the budget.
        limit: Math.min(limit, LINES_MAX),
        offset,
      });
      const next = offset + sessions.length;
      return {
        total,
        sessions: sessions.map((one) => lineOf(sessionIn(db, one.sessionId, one.platform)!)),
        next_cursor: next < total && sessions.length > 0 ? `from-${next}` : null,
      };
    });
  },
});

const LINES_MAX = 18;

function moment(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return parseMoment(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ToolError(
      "Cannot read the time: neither a date (2026-01-31) nor a time (2026-01-31T12:00)",
    );
  }
}

function placeOf(cursor: string): number {
  const [, place] = /^from-(\d{1,9})$/.exec(cursor) ?? [];
  if (place !== undefined) return Number(place);
  throw new ToolError("Cannot page on: the cursor is not one that search_sessions gave");
}
