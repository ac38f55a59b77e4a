/** Histories of edits whose chances are known, as they were drawn by them. */

import { type EditSums, sumEdits } from "../../../core/prediction/edit_sums.ts";
import type { LabelledEdit } from "../../../core/prediction/labelled_edits.ts";
import type { PredictionFeatures } from "../../../core/prediction_features.ts";
import { seededRandom } from "../../helpers/events.ts";

/** What a history is made of. */
export interface HistorySketch {
  readonly seed: number;
  readonly sessions: number;
  readonly edits: number;
  /** The true chance of an edit, by what can be known of it. */
  chance(features: PredictionFeatures): number;
}

const TOOLS = ["Edit", "Write"], EXTENSIONS = ["ts", "md", "py"];
const HOURS = ["morning", "evening"], PROJECTS = ["one", "two", "three"];

/** Draws a history: a project and an hour for each session, the rest for each edit. */
export function madeUpEdits(
  { seed, sessions, edits, chance }: HistorySketch,
): LabelledEdit[] {
  const random = seededRandom(seed);
  const one = (values: readonly string[]) => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: sessions }, (_, session) => {
    const project = one(PROJECTS), hour = one(HOURS);
    return Array.from({ length: edits }, (_, i): LabelledEdit => {
      const features = {
        tool: one(TOOLS),
        extension: one(EXTENSIONS),
        file: null,
        model: null,
        mode: null,
        hour,
        project,
        agent: "main",
        recent: null,
      };
      return {
        session,
        at: session * 1000 + i,
        features,
        label: random() < chance(features),
      };
    });
  }).flat();
}

/** The same, summed by session. */
export function summed(edits: readonly LabelledEdit[]): EditSums[] {
  return [...Map.groupBy(edits, ({ session }) => session).values()].map(sumEdits);
}
