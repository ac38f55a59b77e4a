/**
 * Chooses of which filters an aggregate is: it is of one kind of rows, as parts beside the whole
 * would count them twice, and tell by difference what too few members have.
 *
 * @module
 */

import type { ExportScope } from "../exports/export_scope.ts";
import { ONE_ALONE, OTHER_SCOPE } from "./team_file_error.ts";
import type { TeamHeader } from "./team_header.ts";

/** What of the files is taken. */
export interface OneScope<File> {
  readonly scope: ExportScope;
  readonly taken: readonly File[];
  readonly others: readonly { readonly place: number; readonly reason: string }[];
}

/**
 * Takes the files without filters where there are any, else those with the filters that most
 * files have. One project or session is no other member's, and is in none.
 */
export function oneScope<File extends Pick<TeamHeader, "scope"> & { readonly place: number }>(
  files: readonly File[],
): OneScope<File> {
  const isAlone = ({ scope: { project, session } }: File) => project || session;
  const byScope = Map.groupBy(
    files.filter((file) => !isAlone(file)),
    ({ scope }) => JSON.stringify(scope),
  );
  const [most = "{}"] = [...byScope.keys()].sort((a, b) =>
    byScope.get(b)!.length - byScope.get(a)!.length || (a < b ? -1 : 1)
  );
  const chosen = byScope.has("{}") ? "{}" : most;
  const taken = byScope.get(chosen) ?? [];
  return {
    scope: JSON.parse(chosen),
    taken,
    others: files.filter(({ scope }) => JSON.stringify(scope) !== chosen).map((file) => ({
      place: file.place,
      reason: isAlone(file) ? ONE_ALONE : OTHER_SCOPE,
    })),
  };
}
