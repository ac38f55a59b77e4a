/** Which metrics the seven kinds of hand-checked sessions tell nothing of, and who does. */

import { METRICS, numberAt } from "../../core/metrics.ts";
import { EXPORTED_METRICS } from "../../core/metrics/exported_metrics.ts";

type Values = Readonly<Record<string, unknown>>;

const NEWER = "a client of 2026 tells it";
const HOOKS = "hooks tell it";
const ESTIMATE = "Cursor of 2024 and 2025 alone estimated";
const TRACKED = "Cursor's database of tracked code tells it";

/** Metrics by id, with who tells them. */
export const TOLD_BY_OTHERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(EXPORTED_METRICS.map(({ id }) => [id, "exports tell it"])),
  inline_prompts: "Cursor's list of requests alone tells it",
  thinking_tokens: NEWER,
  model_thinking: NEWER,
  estimated_input: ESTIMATE,
  estimated_output: ESTIMATE,
  estimated_cost_usd: ESTIMATE,
  permission_requests: HOOKS,
  permissions_granted: HOOKS,
  time_permission_ms: HOOKS,
  critical_path_permission_ms: HOOKS,
  usage_session_sources: HOOKS,
  context_compactions_minutes_between: "two compactions of a session are needed",
  ...named(NEWER, "context_agents_", "context_skills_", "context_servers_"),
  ...named(TRACKED, "tracked_lines", "scored_commits", "commit_"),
};

/** Ids of metrics of which no number stands anywhere. */
export function toldByNone(documents: readonly unknown[]): string[] {
  return METRICS.filter(({ foundIn, parts }) => {
    const paths = Object.values(foundIn).filter((path) => path !== null);
    return !paths.some((path) => documents.some((one) => hasNumber(one, stepsOf(path), parts)));
  }).map(({ id }) => id).sort();
}

/** The names between the dots of a path; one in angle brackets stands for any. */
export function stepsOf(path: string): string[] {
  return path.replaceAll("[]", ".<any>").split(".");
}

function named(why: string, ...beginnings: readonly string[]): Record<string, string> {
  const ids = METRICS.map(({ id }) => id);
  return Object.fromEntries(
    ids.filter((id) => beginnings.some((beginning) => id.startsWith(beginning)))
      .map((id) => [id, why]),
  );
}

function hasNumber(at: unknown, steps: readonly string[], parts: readonly string[]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return typeof at === "number" || typeof at === "boolean" ||
      parts.some((part) => numberAt(at, part) !== null);
  }
  if (typeof at !== "object" || at === null) return false;
  const next = step.startsWith("<") ? Object.values(at) : [(at as Values)[step]];
  return next.some((one) => hasNumber(one, rest, parts));
}
