/** Tests of `capture/cursor/locate.ts`: where Cursor's databases are. */

import assert from "node:assert/strict";
import {
  databasesElsewhere,
  listDatabases,
  userFolders,
  workspaceFolders,
} from "../../../capture/cursor/locate.ts";
import { type TempFolder, tempFolder } from "../../core/temp_folder.ts";

const LINUX = { os: "linux", windowsDrive: "/nowhere" } as const;

Deno.test("userFolders() are the usual one of each system", () => {
  const on = (os: typeof Deno.build.os, env: Record<string, string> = {}) =>
    userFolders(environmentOf("/home/kim", env), { os, windowsDrive: "/nowhere" })
      .map(({ path }) => path);

  assert.deepEqual(on("linux"), ["/home/kim/.config/Cursor/User"]);
  assert.deepEqual(on("linux", { XDG_CONFIG_HOME: "/etc/kim" }), ["/etc/kim/Cursor/User"]);
  assert.deepEqual(on("darwin"), ["/home/kim/Library/Application Support/Cursor/User"]);
  assert.deepEqual(on("windows"), ["/home/kim/AppData/Roaming/Cursor/User"]);
  assert.deepEqual(on("windows", { APPDATA: "D:\\Roaming" }), ["D:\\Roaming/Cursor/User"]);
});

Deno.test("userFolders() are those of Windows' users as well, when WSL has its drive", () => {
  using folder = tempFolder();
  makeFolder(folder, "c/Users/kim/AppData/Roaming/Cursor/User");
  makeFolder(folder, "c/Users/Public/Documents");

  const found = userFolders(environmentOf("/home/kim"), {
    os: "linux",
    windowsDrive: folder.at("c"),
  });

  assert.deepEqual(found, [
    { path: "/home/kim/.config/Cursor/User", named: false },
    { path: folder.at("c/Users/kim/AppData/Roaming/Cursor/User"), named: false },
  ]);
});

Deno.test("userFolders() are the named one alone, when there is one", () => {
  const named = (value: string) =>
    userFolders(environmentOf("/home/kim", { BLUEPLANE_CURSOR_USER_DIR: value }), LINUX);

  assert.deepEqual(named("/one/User/"), [{ path: "/one/User", named: true }]);
  assert.deepEqual(named("~/User"), [{ path: "/home/kim/User", named: true }]);
  assert.deepEqual(named(" ").map((root) => root.named), [false]);
});

Deno.test({
  name: "listDatabases() follows no link out of a folder, which may be one itself",
  ignore: Deno.build.os === "windows", // There it takes rights to make one.
  fn() {
    using folder = tempFolder();
    const file = "User/globalStorage/state.vscdb";
    write(folder, file);
    write(folder, "elsewhere/state.vscdb");
    makeFolder(folder, "User/workspaceStorage/empty-window");
    Deno.symlinkSync(folder.at("elsewhere"), folder.at("User/workspaceStorage/1783397357731"));
    Deno.symlinkSync(
      folder.at("elsewhere/state.vscdb"),
      folder.at("User/workspaceStorage/empty-window/state.vscdb"),
    );
    Deno.symlinkSync(folder.at("User"), folder.at("link"));
    const named = environmentOf(folder.at("home"), {
      BLUEPLANE_CURSOR_USER_DIR: folder.at("link"),
    });

    const found = listDatabases(named, LINUX);

    const path = folder.at("link/globalStorage/state.vscdb");
    assert.deepEqual(found, [{ path, kind: "state" }]);
    const elsewhere = databasesElsewhere(named, LINUX).map((one) => one.path);
    assert.deepEqual(elsewhere, [
      folder.at("link/workspaceStorage/1783397357731/state.vscdb"),
      folder.at("link/workspaceStorage/empty-window/state.vscdb"),
    ]);
    const folders = workspaceFolders(folder.at("link"));
    assert.deepEqual(folders, [folder.at("link/workspaceStorage/empty-window")]);
  },
});

Deno.test("listDatabases() finds the global one, those of workspaces and the marked lines", () => {
  using folder = tempFolder();
  const files = [
    "User/globalStorage/state.vscdb",
    "User/workspaceStorage/1783397357731/state.vscdb",
    "User/workspaceStorage/60f931f83ff60b5226d9aedd2ac8b2f6/state.vscdb",
    "User/workspaceStorage/empty-window/state.vscdb",
  ];
  const others = [
    "User/globalStorage/state.vscdb.backup",
    "User/workspaceStorage/0123456789abcdef0123456789abcdef/workspace.json",
    "User/workspaceStorage/state.vscdb",
  ];
  for (const name of [...files, ...others, ".cursor/ai-tracking/ai-code-tracking.db"]) {
    write(folder, name);
  }

  const found = listDatabases(environmentOf(folder.path, {
    BLUEPLANE_CURSOR_USER_DIR: folder.at("User"),
  }));

  assert.deepEqual(found, [
    { path: folder.at(files[0]!), kind: "state" },
    ...files.slice(1).map((name) => ({
      path: folder.at(name),
      kind: "state",
      workspaceFolder: folder.at(name.replace("/state.vscdb", "")),
    })),
    { path: folder.at(".cursor/ai-tracking/ai-code-tracking.db"), kind: "tracking" },
  ]);
});

Deno.test("listDatabases() finds none, when Cursor was never here", () => {
  using folder = tempFolder();

  assert.deepEqual(listDatabases(environmentOf(folder.path), LINUX), []);
});

function environmentOf(home: string, variables: Record<string, string> = {}) {
  return { home, get: (name: string) => variables[name] };
}

function makeFolder(folder: TempFolder, name: string): void {
  Deno.mkdirSync(folder.at(name), { recursive: true });
}

function write(folder: TempFolder, name: string): void {
  makeFolder(folder, name.slice(0, name.lastIndexOf("/")));
  Deno.writeTextFileSync(folder.at(name), "");
}
