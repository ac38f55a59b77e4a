/**
 * What Claude Code gives to the program of its status line, and that program's place in the
 * settings. Shapes as measured from 1.0.128 to 2.1.330: older versions tell no context, and only
 * the clients of subscribers tell limits.
 *
 * @module
 */

import { type ClientStatus, LIMIT_NAMES, type LimitUse } from "../../core/client_status.ts";
import { OTHER, type Privacy, safeModel, safeVersion } from "../../core/privacy.ts";
import { programBefore } from "../hook_command.ts";
import { type Json, objectOf, textOf } from "../json_access.ts";
import type { StatusSettings } from "../status_settings.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const PERCENT = 100;
const COUNT_MAX = 2 ** 33;
const COST_MAX_USD = 8000;
/** A window that ends further off is none: the number is of something else. */
const RESET_WITHIN_MS = 40 * 86_400_000;

const COMMAND = "statusline";

/** The status line in the settings of Claude Code. */
export const statusSettings: StatusSettings = {
  key: "statusLine",
  read: parseStatus,
  value: (program) => ({ type: "command", command: `${program} ${COMMAND}`, padding: 0 }),
  isOwn: (value) => programOfLine(value) !== undefined,
  programOf: programOfLine,
};

/** The status that was given; undefined without a session. */
export function parseStatus(
  payload: unknown,
  receivedAt: number,
  privacy: Privacy,
): ClientStatus | undefined {
  const status = objectOf(payload);
  const session = textOf(status.session_id);
  if (session === undefined) return undefined;
  const cost = objectOf(status.cost), context = objectOf(status.context_window);
  const limit = numberIn(context.context_window_size, 1, COUNT_MAX);
  const tokens = contextTokens(context);
  const percent = numberIn(context.used_percentage, 0, PERCENT);
  const version = safeVersion(textOf(status.version) ?? "");
  return {
    sessionId: privacy.id(session),
    startedAt: startOf(cost, receivedAt),
    folder: textOf(status.cwd) ?? textOf(objectOf(status.workspace).current_dir),
    model: modelOf(objectOf(status.model)),
    version: version === OTHER ? undefined : version,
    costUsd: numberIn(cost.total_cost_usd, 0, COST_MAX_USD),
    linesAdded: numberIn(cost.total_lines_added, 0, COUNT_MAX),
    linesRemoved: numberIn(cost.total_lines_removed, 0, COUNT_MAX),
    contextTokens: tokens,
    contextLimit: limit,
    contextUsed: tokens !== undefined && limit !== undefined
      ? Math.min(1, tokens / limit)
      : percent === undefined
      ? undefined
      : percent / PERCENT,
    limits: LIMIT_NAMES.flatMap((name) => limitOf(name, status.rate_limits, receivedAt)),
  };
}

/** Its own clock counts all the time that it ran. */
function startOf({ total_duration_ms }: Json, now: number): number | undefined {
  const ran = numberIn(total_duration_ms, 0, now);
  return ran === undefined ? undefined : now - ran;
}

/** A long context is told in brackets: claude-opus-4-6[1m]. */
function modelOf({ id }: Json) {
  const name = textOf(id)?.replace(/\[\w{1,8}\]$/, "");
  return name === undefined ? undefined : safeModel(name);
}

/** What the last request sent; the totals beside it add up all requests in some versions. */
function contextTokens({ current_usage }: Json): number | undefined {
  const usage = objectOf(current_usage);
  const parts = ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"]
    .map((name) => numberIn(usage[name], 0, COUNT_MAX));
  if (parts.every((part) => part === undefined)) return undefined;
  return parts.reduce<number>((sum, part) => sum + Math.trunc(part ?? 0), 0);
}

function limitOf(name: LimitUse["name"], limits: unknown, now: number): LimitUse[] {
  const { used_percentage, resets_at } = objectOf(objectOf(limits)[name]);
  const percent = numberIn(used_percentage, 0, 10 * PERCENT);
  if (percent === undefined) return [];
  const end = typeof resets_at === "string"
    ? Date.parse(resets_at)
    : typeof resets_at === "number"
    ? resets_at * SECOND_MS
    : NaN;
  // It is told to the second, and not always the same one.
  const resetsAt = Math.round(end / MINUTE_MS) * MINUTE_MS;
  const isNear = Math.abs(resetsAt - now) <= RESET_WITHIN_MS;
  return [{ name, used: percent / PERCENT, resetsAt: isNear ? resetsAt : undefined }];
}

function numberIn(value: unknown, low: number, high: number): number | undefined {
  return typeof value === "number" && value >= low && value <= high ? value : undefined;
}

function programOfLine(value: unknown): string | undefined {
  return programBefore(objectOf(value).command, COMMAND);
}
