/**
 * Edits of which is known whether they went well, with how those before them in the session did.
 *
 * @module
 */

import type { Course, PredictionFeatures, PredictionTarget } from "../prediction_features.ts";
import type { EditSeen } from "./edit_history.ts";

/** An edit with its label. */
export interface LabelledEdit {
  readonly session: number;
  readonly at: number;
  readonly features: PredictionFeatures;
  readonly label: boolean;
}

/** How many of the latest labels of a session tell how it goes. */
export const RECENT = 5;

/**
 * The edits with a label, in their order. An edit that nobody was to judge says nothing of
 * acceptance: of those, only what was taken back would have a label.
 */
export function labelEdits(
  edits: readonly EditSeen[],
  target: PredictionTarget,
): LabelledEdit[] {
  const labels = new Map<number, boolean[]>();
  return edits.flatMap(({ session, at, features, verdict, judged }) => {
    if (target === "acceptance" && !judged) return [];
    if (verdict === "unknown" || target === "acceptance" && verdict === "auto") return [];
    const label = verdict === "accepted" || verdict === "auto";
    const before = labels.get(session) ?? [];
    labels.set(session, [...before.slice(1 - RECENT), label]);
    return [{ session, at, features: { ...features, recent: recentOf(before) }, label }];
  });
}

/** How the latest edits of a session went. */
export function recentOf(labels: readonly boolean[]): Course {
  if (labels.length === 0) return "first";
  const good = labels.filter(Boolean).length;
  if (good === labels.length) return "all_good";
  return good * 2 >= labels.length ? "mostly_good" : "mostly_bad";
}
