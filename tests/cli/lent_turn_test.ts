/** Tests of `cli/lent_turn.ts`. */

import assert from "node:assert/strict";
import { isWanted, lendTurn, takeLentTurn, Wish } from "../../cli/lent_turn.ts";
import { takeHomeLock } from "../../cli/home_lock.ts";
import type { Workspace } from "../../cli/workspace.ts";
import { systemClock } from "../../core/clock.ts";
import { homeAt } from "../../core/home.ts";
import { tempFolder } from "../core/temp_folder.ts";

function makeStage() {
  const folder = tempFolder();
  const home = homeAt(folder.path);
  const workspace = { home, io: { clock: systemClock } } as Workspace;
  return { home, workspace, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

Deno.test("takeLentTurn() has what was lent, once that is given back", async () => {
  using stage = makeStage();
  const { home, workspace } = stage;
  const lent = lendTurn(home)!;
  assert.equal(isWanted(home), false);

  const taking = takeLentTurn(workspace);
  assert.equal(isWanted(home), true);
  assert.equal(lendTurn(home), undefined);
  lent[Symbol.dispose]();
  using lock = await taking;

  assert.ok(lock);
  assert.equal(isWanted(home), false);
});

Deno.test("takeLentTurn() does not wait for who lends nothing", async () => {
  using stage = makeStage();
  using _server = takeHomeLock(stage.home);

  assert.equal(await takeLentTurn(stage.workspace), undefined);
  assert.equal(isWanted(stage.home), false);
});

Deno.test("lendTurn() takes nothing that is held, or wanted", () => {
  using stage = makeStage();
  {
    using _server = takeHomeLock(stage.home);
    assert.equal(lendTurn(stage.home), undefined);
  }
  using wish = new Wish(stage.home);
  wish.tell();

  assert.equal(lendTurn(stage.home), undefined);
});

Deno.test("lendTurn() gives all back", () => {
  using stage = makeStage();
  lendTurn(stage.home)![Symbol.dispose]();

  using lock = takeHomeLock(stage.home);

  assert.ok(lock);
  using wish = new Wish(stage.home);
  assert.equal(wish.tell(), false);
});
