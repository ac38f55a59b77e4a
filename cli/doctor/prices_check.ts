/**
 * Examines the user's own prices: whether they can be understood, and are those that count.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { madeWith, priceFileMark } from "../../core/made_with.ts";
import { ownPrices, type Workspace } from "../workspace.ts";
import { failedFinding } from "./guard.ts";

const ID = "prices.own";

/** The finding; none where there are no prices of the user's own, and never were. */
export async function checkOwnPrices(workspace: Workspace, db: Database): Promise<Finding[]> {
  let file: string | undefined;
  try {
    file = await ownPrices(workspace);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy =
      "Mend prices.json in the data folder, or remove it; until then no price changes";
    return [failedFinding(ID, error, remedy)];
  }
  const known = madeWith(db, "price_file");
  if (known !== undefined && known !== priceFileMark(file)) {
    return [{
      id: ID,
      severity: "note",
      title: "Your own prices have changed, and do not count yet",
      remedy: "blueplane sync takes them up",
    }];
  }
  if (file === undefined) return [];
  return [{ id: ID, severity: "ok", title: "Your own prices (prices.json) come first" }];
}
