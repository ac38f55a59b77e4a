/** Tests of `cli/kept_tool_names.ts`. */

import { deepEqual } from "node:assert/strict";
import { KeptToolNames } from "../../cli/kept_tool_names.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";

Deno.test("KeptToolNames.of() searches for what is not known, and not at each request", () => {
  const clock = new VirtualClock(0), searched: string[][] = [];
  const told = new Map([["mcp:00000001", "github/search"]]);
  const names = new KeptToolNames((wanted) => {
    searched.push([...wanted]);
    return new Map([...told].filter(([hash]) => wanted.has(hash)));
  }, clock);
  const ask = (...hashes: string[]) => [...names.of(new Set(hashes)).values()];

  deepEqual(ask(), []);
  deepEqual(ask("mcp:00000001", "mcp:00000002"), ["github/search"]);
  deepEqual(ask("mcp:00000001", "mcp:00000002"), ["github/search"]);
  told.set("mcp:00000002", "github/read");
  clock.advance(600_000);
  deepEqual(ask("mcp:00000001", "mcp:00000002"), ["github/search", "github/read"]);
  deepEqual(searched, [["mcp:00000001", "mcp:00000002"], ["mcp:00000002"]]);
});
