/** Tests of what becomes of a check that breaks. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { failedFinding, guard } from "../../../cli/doctor/guard.ts";

Deno.test("guard() gives the findings of a check, or that it could not be made", async () => {
  const fine = { id: "a", severity: "ok", title: "Fine" } as const;
  deepEqual(await guard("a", () => [fine]), [fine]);
  const [failed] = await guard("a", () => {
    throw new Error("Cannot open it: it is gone");
  });
  deepEqual(failed, { id: "a", severity: "error", title: "Cannot open it: it is gone" });
  await rejects(async () => await guard("a", () => Promise.reject("no error")));
});

Deno.test("failedFinding() shows a foreign message to this user's eyes alone", () => {
  const foreign = Object.assign(new TypeError(), { message: "open '/home/kim'" });
  const { details, ...finding } = failedFinding("a", foreign, "Mend");
  deepEqual(details, ["open '/home/kim'"]);
  equal(finding.title, "Cannot check this: TypeError");
  equal(finding.remedy, "Mend");
});
