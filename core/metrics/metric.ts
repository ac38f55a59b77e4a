/**
 * What the catalogue tells of one number, and how its parts write that down.
 *
 * @module
 */

/** What a number is counted in. */
export type Unit = "count" | "tokens" | "lines" | "usd" | "share" | "ratio" | "ms" | "flag";

/** What an assistant may tell, each from files or hooks of its own. */
export type PlatformFact =
  | "prompts"
  | "commands"
  | "interruptions"
  | "compactions"
  | "api_errors"
  | "inline_prompts"
  | "responses"
  | "tokens"
  | "estimates"
  | "tool_calls"
  | "permissions"
  | "edits"
  | "git"
  | "reviews"
  | "subagents"
  | "rewinds"
  | "attributions"
  | "starts"
  | "exports"
  | "gauges"
  | "daily_lines"
  | "tracked_code";

/** What a number rests on; the last two are of no assistant. */
export type Fact = PlatformFact | "prices" | "reading";

/** One number of the reports. */
export interface Metric {
  /** Its name in `change`, in the live picture and on every face. */
  readonly id: string;
  readonly unit: Unit;
  /** Its name on screens. */
  readonly title: string;
  /** What it says, in one sentence. */
  readonly meaning: string;
  readonly formula: string;
  readonly facts: readonly Fact[];
  /** What makes it null; null where nothing does. */
  readonly nullWhen: string | null;
  /** Where it stands in each document: `<name>` is any name, `[]` any place of a list. */
  readonly foundIn: {
    readonly metrics: string | null;
    readonly sessions: string | null;
    /** Of what `analyze --json` alone has. */
    readonly analyze: string | null;
  };
  /** The numbers of which it is made; none where it is one number. */
  readonly parts: readonly string[];
}

/** What the metrics of one theme share, where their own rows say nothing else. */
export interface Theme {
  readonly unit: Unit;
  readonly facts: readonly Fact[];
  readonly nullWhen: string | null;
  /** What stands before their path in `metrics --json`; null where they are not in it. */
  readonly inMetrics: string | null;
  /** The same of a session in `sessions --json`. */
  readonly inSessions: string | null;
  /** The same of what `analyze --json` alone has. @default {null} */
  readonly inAnalyze?: string | null;
  readonly parts?: readonly string[];
  /** Their names; by default the path with `_` between its words. */
  readonly id?: (path: string) => string;
}

/** By path: title, meaning, formula, and what is otherwise than in the theme. */
export type MetricRows = Readonly<
  Record<string, readonly [string, string, string, Partial<Theme>?]>
>;

/** The metrics of a theme. */
export function metricsOf(theme: Theme, rows: MetricRows): Metric[] {
  return Object.entries(rows).map(([path, [title, meaning, formula, own]]) => {
    const { id = idOf, inMetrics, inSessions, inAnalyze = null, parts = [], ...rest } = {
      ...theme,
      ...own,
    };
    const { unit, facts, nullWhen } = rest;
    const placed = (root: string | null) => root === null ? null : root + path;
    const foundIn = {
      metrics: placed(inMetrics),
      sessions: placed(inSessions),
      analyze: placed(inAnalyze),
    };
    return { id: id(path), unit, title, meaning, formula, facts, nullWhen, foundIn, parts };
  });
}

/** The name of a metric by its path: without the names and places that stand for any. */
export function idOf(path: string): string {
  const words = path.split(".").filter((word) => !word.startsWith("<"));
  return words.join("_").replaceAll("[]", "");
}
