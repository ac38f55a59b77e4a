/** Tests of why a file is not taken. */

import { deepEqual } from "node:assert/strict";
import { FOREIGN, TeamFileError } from "../../../cli/team/team_file_error.ts";

Deno.test("TeamFileError() tells its reason alone, too", () => {
  const { message, reason } = new TeamFileError(FOREIGN);

  deepEqual([message, reason], [`Cannot take an export: ${FOREIGN}`, FOREIGN]);
});
