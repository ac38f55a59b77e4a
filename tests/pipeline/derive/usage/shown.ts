/** Facts with all that a test does not say made up, and what a part counts of them. */

import type {
  CallSeen,
  FactWatcher,
  InputSeen,
  ResponseSeen,
} from "../../../../core/insight_rule.ts";
import { USAGE_COLUMNS, UsageTally } from "../../../../pipeline/derive/usage/tally.ts";
import type { UsagePart, UsageParts } from "../../../../pipeline/derive/usage/usage_part.ts";
import { NOON } from "../../../helpers/events.ts";

/** Shows a fact. */
export type Shown = (watcher: FactWatcher, at: number) => void;

/** A call; it goes well by default. */
export function call(tool: string, seen: Partial<CallSeen> = {}): Shown {
  return (watcher, at) =>
    watcher.call?.({
      at,
      tool,
      side: false,
      isEdit: tool === "Edit" || tool === "Write",
      outcome: "ok",
      error: null,
      resolvedAt: at,
      durationMs: null,
      file: null,
      extension: null,
      form: null,
      resultCharacters: null,
      asked: false,
      linesAdded: 0,
      linesRemoved: 0,
      created: false,
      commits: 0,
      ...seen,
    });
}

/** A response. */
export function response(seen: Partial<ResponseSeen> = {}): Shown {
  return (watcher, at) =>
    watcher.response?.({
      at,
      side: false,
      model: "one",
      tokensKept: true,
      input: 0,
      output: 0,
      cacheRead: 0,
      cacheCreation: 0,
      cacheCreation1h: 0,
      fast: false,
      ...seen,
    });
}

/** An input. */
export function input(type: InputSeen["type"], seen: Partial<InputSeen> = {}): Shown {
  return (watcher, at) =>
    watcher.input?.({
      at,
      timed: true,
      type,
      characters: null,
      words: null,
      tokensBefore: null,
      tokensAfter: null,
      ...seen,
    });
}

/** What a part counts of facts a minute apart, but what is 0, and what it says of the session. */
export function shownTo(
  watch: (parts: UsageParts) => UsagePart,
  facts: readonly Shown[],
  isFork = false,
) {
  const tally = new UsageTally();
  const contextOf = (model: string) => model === "one" ? 1000 : null;
  const part = watch({ tally, contextOf, isFork: () => isFork });
  facts.forEach((show, i) => show(part, NOON + 60_000 * i));
  const row = tally.rows(0).get(0) ?? [];
  const counts = Object.fromEntries(
    USAGE_COLUMNS.map((name, i) => [name, row[i]]).filter(([, count]) => count),
  );
  return { counts, session: part.session?.() };
}
