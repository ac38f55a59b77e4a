/**
 * The part of the live screen beside the headline numbers: two rankings below each other.
 *
 * @module
 */

import { costText } from "../core/cost_text.ts";
import { formatCount } from "../core/format.ts";
import type { LivePart, Rank } from "../core/live_picture.ts";
import { printable } from "../core/printable.ts";
import { GAP, numberCell, wordCell } from "./live_cells.ts";
import type { LiveGrouping } from "./live_choice.ts";
import { fitApart, type Paint, visibleWidth } from "./table.ts";

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
  /** What names are where there is so much room; they may still be wider. @default {themselves} */
  readonly shorten?: (names: readonly string[], width: number) => readonly string[];
}

const MAKER = /^claude-/, DATE = /-(\d{8})$/;
const ID_CHARACTERS = 8;
const SCORE_COLUMNS = 8, SCORE_COLUMNS_MAX = 12;

/** The lines, as long as there is room for: what one ranking does not need is the other's. */
export function rankingLines(part: LivePart, look: RankingsLook): string[] {
  const rankings = rankingsOf(part, look), [first, second] = rankings;
  const scores = rankings.flatMap(({ ranks, format }) => ranks.map(([, score]) => format(score)));
  // Names give what a number needs.
  const widest = Math.max(SCORE_COLUMNS, ...scores.map(visibleWidth));
  const right = Math.min(SCORE_COLUMNS_MAX, widest), left = look.columns - GAP - right;
  const lines = ({ titles, ranks, format, shorten = themselves }: Ranking, max: number) => {
    const shown = ranks.slice(0, Math.max(0, max));
    const names = shorten(shown.map(([member]) => printable(member)), left);
    const fit = fitApart(names, left);
    return [
      lineOf(titles, [left, right], look.paint.bold),
      ...shown.map(([, score], i) =>
        lineOf([fit(names[i]!, left), format(score)], [left, right])
      ),
    ];
  };
  // Two headings and the row between.
  const room = look.rows - 3;
  const half = Math.max(Math.floor(room / 2), room - first.ranks.length);
  const below = Math.min(second.ranks.length, half);
  if (below < 1) return lines(first, look.rows - 1);
  return [...lines(first, room - below), "", ...lines(second, below)];
}

function lineOf(
  [member, score]: readonly [string, string],
  [left, right]: readonly [number, number],
  paint?: (text: string) => string,
): string {
  return wordCell(member, left, paint) + " ".repeat(GAP) + numberCell([score], right, paint);
}

function rankingsOf(
  { rankings, numbers }: LivePart,
  { grouping, labels }: RankingsLook,
): [Ranking, Ranking] {
  // A ranking tells its scores alone: what is known of all of them holds for each.
  const cost = (cost_usd: number) => costText({ cost_usd }, numbers);
  const { tools, models_by_cost, models_by_tokens, projects, sessions } = rankings;
  const byCost: Ranking = {
    titles: ["model", "cost"],
    ranks: models_by_cost,
    format: cost,
    shorten: shortModels,
  };
  const byTokens: Ranking = {
    titles: ["model", "tokens"],
    ranks: models_by_tokens,
    format: formatCount,
    shorten: shortModels,
  };
  if (grouping === "models") return [byCost, byTokens];
  if (grouping === "projects") {
    const ranks = projects.map(([hash, score]): Rank => [labels.get(hash) ?? hash, score]);
    return [
      { titles: ["project", "sessions"], ranks, format: formatCount },
      { titles: ["session", "cost"], ranks: sessions.map(shortId), format: cost },
    ];
  }
  const ranks = tools.map(([tool, calls]): Rank => [labels.get(tool) ?? tool, calls]);
  return [
    { titles: ["tool", "calls"], ranks, format: formatCount },
    models_by_cost.length > 0 ? byCost : byTokens,
  ];
}

/**
 * Names of models without their maker, and then their date, where there is no room for them; of
 * those that are the same then, as much of the date as has room.
 */
function shortModels(models: readonly string[], width: number): string[] {
  const shorts = models.map((model) => {
    const short = model.replace(MAKER, "");
    return [model, short].find((name) => name.length <= width) ?? short.replace(DATE, "");
  });
  return shorts.map((short, i) => {
    const isAlone = shorts.indexOf(short) === shorts.lastIndexOf(short);
    const [, date] = models[i]!.match(DATE) ?? [], room = width - short.length - 1;
    return isAlone || date === undefined || room < 1 ? short : `${short}…${date.slice(-room)}`;
  });
}

function shortId([session, score]: Rank): Rank {
  return [session.slice(0, ID_CHARACTERS), score];
}

function themselves(names: readonly string[]): readonly string[] {
  return names;
}
