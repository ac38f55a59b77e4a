/** Tests of the project that was seen first last. */

import { equal, ok } from "node:assert/strict";
import { NewestProject } from "../../../core/reports/newest_project.ts";
import { makePrompt } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";

Deno.test("NewestProject.read() is another number, when there is another project", async () => {
  await using home = await filledHome([]);
  const newest = new NewestProject(home.db);
  const read = async (id: string, session: string, project: string) => {
    await home.tell(makePrompt({ id, session, project }));
    return newest.read();
  };

  equal(newest.read(), null);
  const first = await read("a", "one", "aaaaaaaaaaaaaaaa");
  ok(first !== null);
  equal(await read("b", "two", "aaaaaaaaaaaaaaaa"), first);
  const second = await read("c", "three", "bbbbbbbbbbbbbbbb");
  ok(second !== null && second !== first);
  equal(newest.read(), second);
});
