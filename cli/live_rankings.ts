/**
 * The part of the live screen beside the headline numbers: two rankings below each other.
 *
 * @module
 */

import { formatCount, formatMoney } from "../core/format.ts";
import type { LivePart, Rank } from "../core/live_picture.ts";
import { GAP, numberCell, wordCell } from "./live_cells.ts";
import type { LiveGrouping } from "./live_choice.ts";
import type { Paint } from "./table.ts";

/** What is ranked, and the room for it. */
export interface RankingsLook {
  readonly grouping: LiveGrouping;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** Names of projects and of tools of servers by their hash. */
  readonly labels: ReadonlyMap<string, string>;
}

/** One ranking: its titles, members and how their score looks. */
interface Ranking {
  readonly titles: readonly [string, string];
  readonly ranks: readonly Rank[];
  readonly format: (score: number) => string;
}

const SCORE_COLUMNS = 8;

/** The lines, as long as there is room for: what one ranking does not need is the other's. */
export function rankingLines(part: LivePart, look: RankingsLook): string[] {
  const width = look.columns - GAP - SCORE_COLUMNS;
  const [first, second] = rankingsOf(part, look, width);
  const lines = ({ titles, ranks, format }: Ranking, max: number) => [
    lineOf(titles, width, look.paint.bold),
    ...ranks.slice(0, Math.max(0, max))
      .map(([member, score]) => lineOf([member, format(score)], width)),
  ];
  // Two headings and the row between.
  const room = look.rows - 3;
  const half = Math.max(Math.floor(room / 2), room - first.ranks.length);
  const below = Math.min(second.ranks.length, half);
  if (below < 1) return lines(first, look.rows - 1);
  return [...lines(first, room - below), "", ...lines(second, below)];
}

function lineOf(
  [member, score]: readonly [string, string],
  width: number,
  paint?: (text: string) => string,
): string {
  return wordCell(member, width, paint) + " ".repeat(GAP) +
    numberCell([score], SCORE_COLUMNS, paint);
}

function rankingsOf(
  { rankings }: LivePart,
  { grouping, labels }: RankingsLook,
  width: number,
): [Ranking, Ranking] {
  const named = ([model, score]: Rank): Rank => [fitModel(model, width), score];
  const { tools, models_by_cost, models_by_tokens, projects, sessions } = rankings;
  const byCost: Ranking = {
    titles: ["model", "cost"],
    ranks: models_by_cost.map(named),
    format: formatMoney,
  };
  const byTokens: Ranking = {
    titles: ["model", "tokens"],
    ranks: models_by_tokens.map(named),
    format: formatCount,
  };
  if (grouping === "models") return [byCost, byTokens];
  if (grouping === "projects") {
    const ranks = projects.map(([hash, score]): Rank => [labels.get(hash) ?? hash, score]);
    return [
      { titles: ["project", "sessions"], ranks, format: formatCount },
      { titles: ["session", "cost"], ranks: sessions, format: formatMoney },
    ];
  }
  const ranks = tools.map(([tool, calls]): Rank => [labels.get(tool) ?? tool, calls]);
  return [
    { titles: ["tool", "calls"], ranks, format: formatCount },
    models_by_cost.length > 0 ? byCost : byTokens,
  ];
}

/** A model's name without its maker, and then its date, where there is no room for them. */
function fitModel(model: string, width: number): string {
  const short = model.replace(/^claude-/, "");
  return [model, short].find((name) => name.length <= width) ?? short.replace(/-\d{8}$/, "");
}
