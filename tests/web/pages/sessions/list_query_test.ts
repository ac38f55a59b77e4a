/** Tests of `web/pages/sessions/list_query.ts`. */

import assert from "node:assert/strict";
import { listParameters, readListQuery } from "../../../../web/pages/sessions/list_query.ts";
import { type FilledHome, filledHome, ONE } from "../../../helpers/filled_home.ts";
import { pageRequest } from "../../open_web.ts";

Deno.test("readListQuery() reads filters, order and place out of the address", async () => {
  await using home = await filledHome();

  const query = await read(
    home,
    "period=7d&platform=claude&project=blueplane&sort=cost&order=asc&min_acceptance=0.5&id=al" +
      "&offset=50",
  );

  const { platform, project, sort, order, minAcceptance, idBegins, offset } = query;
  assert.deepEqual({ platform, project, sort, order, minAcceptance, idBegins, offset }, {
    platform: "claude_code",
    project: ONE,
    sort: "cost",
    order: "asc",
    minAcceptance: 0.5,
    idBegins: "al",
    offset: 50,
  });
  assert.ok(query.during);
});

Deno.test("readListQuery() begins with the latest, and leaves out none undated", async () => {
  await using home = await filledHome();

  const { sort, order, during } = await read(home, "period=all");

  assert.deepEqual([sort, order, during], ["recent", "desc", undefined]);
  assert.equal((await read(home, "sort=project")).order, "asc");
});

Deno.test("readListQuery() lists the usual for what is in no list, which is said", async () => {
  await using home = await filledHome();
  const usual = await read(home, "");

  for (const search of ["sort=wrong", "order=up", "min_acceptance=2", "offset=-1"]) {
    const request = await pageRequest(home, `/sessions?${search}`);
    assert.deepEqual(readListQuery(request), usual, search);
    assert.match(request.misread.join(), /^Cannot read '\w+' in the address: it is no/, search);
  }
});

Deno.test("listParameters() keeps what a list is asked, and not where one is in it", async () => {
  await using home = await filledHome();

  const request = await pageRequest(home, "/sessions?period=7d&sort=cost&id=&offset=50");

  assert.deepEqual(listParameters(request), {
    id: null,
    min_acceptance: null,
    sort: "cost",
    order: null,
  });
});

async function read(home: FilledHome, search: string) {
  return readListQuery(await pageRequest(home, `/sessions?${search}`));
}
