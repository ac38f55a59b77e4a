/** Tests of `capture/repository.ts`: real folders with real and broken `.git`. */

import assert from "node:assert/strict";
import { findRepository } from "../../capture/repository.ts";
import { type TempFolder, tempFolder } from "../core/temp_folder.ts";

const HOME = "/home/kim";

Deno.test("findRepository() finds the root above a folder, also above one that is gone", () => {
  using folder = tempFolder();
  makeFolder(folder, "shop/.git");
  makeFolder(folder, "shop/web/src");

  for (const path of ["shop", "shop/web", "shop/web/src", "shop/gone/deep"]) {
    assert.equal(findRepository(folder.at(path), HOME), folder.at("shop"));
  }
  assert.equal(findRepository(folder.at("elsewhere"), HOME), undefined);
});

Deno.test("findRepository() finds the main working copy of a linked one", () => {
  using folder = tempFolder();
  makeFolder(folder, "shop/.git/worktrees/x");
  makeFolder(folder, "wt/x/src");
  makeFolder(folder, "wt/y");
  write(folder, "wt/x/.git", `gitdir: ${folder.at("shop/.git/worktrees/x")}\n`);
  write(folder, "wt/y/.git", "gitdir: ../../shop/.git/worktrees/y\r\n");

  assert.equal(findRepository(folder.at("wt/x/src"), HOME), folder.at("shop"));
  assert.equal(findRepository(folder.at("wt/y"), HOME), folder.at("shop"));
});

Deno.test("findRepository() takes a bare repository, or the folder that it hides in", () => {
  using folder = tempFolder();
  makeFolder(folder, "shop/main");
  makeFolder(folder, "other");
  write(folder, "shop/main/.git", `gitdir: ${folder.at("shop/.bare/worktrees/main")}`);
  write(folder, "other/.git", `gitdir: ${folder.at("shop.git/worktrees/other")}`);

  assert.equal(findRepository(folder.at("shop/main"), HOME), folder.at("shop"));
  assert.equal(findRepository(folder.at("other"), HOME), folder.at("shop.git"));
});

Deno.test("findRepository() keeps a submodule apart", () => {
  using folder = tempFolder();
  makeFolder(folder, "shop/.git/modules/lib");
  makeFolder(folder, "shop/lib/src");
  write(folder, "shop/lib/.git", "gitdir: ../.git/modules/lib\n");

  assert.equal(findRepository(folder.at("shop/lib/src"), HOME), folder.at("shop/lib"));
});

Deno.test("findRepository() takes no home for a project, when dotfiles are kept there", () => {
  using folder = tempFolder();
  makeFolder(folder, ".git/worktrees/x");
  makeFolder(folder, "shop/web");
  makeFolder(folder, "wt");
  write(folder, "wt/.git", `gitdir: ${folder.at(".git/worktrees/x")}\n`);

  assert.equal(findRepository(folder.at("shop/web"), folder.path), undefined);
  assert.equal(findRepository(folder.at("wt"), folder.path), undefined);
  assert.equal(findRepository(folder.path, folder.path), undefined);
  assert.equal(findRepository(folder.at("shop"), HOME), folder.path);
});

Deno.test("findRepository() goes on upward, when a .git says nothing", () => {
  using folder = tempFolder();
  makeFolder(folder, "shop/.git");
  for (const text of ["", "nonsense", "\0".repeat(9000), `${"#".repeat(5000)}\ngitdir: /x`]) {
    makeFolder(folder, "shop/web");
    write(folder, "shop/web/.git", text);

    assert.equal(findRepository(folder.at("shop/web"), HOME), folder.at("shop"));
  }
});

Deno.test({
  name: "findRepository() finds nothing, when links run in a circle",
  ignore: Deno.build.os === "windows", // Links need a right there.
  fn() {
    using folder = tempFolder();
    Deno.symlinkSync("b", folder.at("a"));
    Deno.symlinkSync("a", folder.at("b"));
    makeFolder(folder, "shop");
    Deno.symlinkSync(".git", folder.at("shop/.git"));

    assert.equal(findRepository(folder.at("a/x"), HOME), undefined);
    assert.equal(findRepository(folder.at("shop"), HOME), undefined);
  },
});

Deno.test("findRepository() throws for no path", () => {
  for (const path of ["", "shop", "/\0", "/\ud800/x", "//nas/x", "c:/x", "/".repeat(9), "/dev"]) {
    assert.equal(findRepository(path, HOME), undefined, path);
  }
});

function makeFolder(folder: TempFolder, name: string): void {
  Deno.mkdirSync(folder.at(name), { recursive: true });
}

function write(folder: TempFolder, name: string, text: string): void {
  Deno.writeTextFileSync(folder.at(name), text);
}
