/**
 * Examines the key of this installation: whether it is the one that the data was made with.
 *
 * @module
 */

import type { Database } from "../../core/database.ts";
import type { Finding } from "../../core/finding.ts";
import { type Home, keyPrint, readKey } from "../../core/home.ts";
import { madeWith } from "../../core/made_with.ts";

/** The finding; none where no data is there, which any key would do for. */
export function checkKey(home: Home, db: Database): Finding[] {
  const key = readKey(home, false), known = madeWith(db, "key");
  if (!key || known === undefined) return [];
  if (keyPrint(key) === known) {
    const title = "install.key is the one that the data was made with";
    return [{ id: "key", severity: "ok", title }];
  }
  return [{
    id: "key",
    severity: "error",
    title: "install.key is not the one that the data was made with: nothing new is processed",
    remedy: "Put that one back (blueplane restore --with-key), or begin anew in another folder " +
      "with --home",
  }];
}
