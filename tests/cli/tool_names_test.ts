/** Tests of `cli/tool_names.ts`: MCP tools have names on the terminal, and nowhere else. */

import { deepEqual, equal, ok } from "node:assert/strict";
import { serverNames } from "../../cli/tool_names.ts";
import { tempMachine } from "../helpers/run_blueplane.ts";
import { Transcript } from "../helpers/transcripts.ts";
import { runHere } from "./recorded_io.ts";

const NAME = "secret_server/secret_tool";

Deno.test("namesOfTools() names tools in tables and charts, in no other format", async () => {
  using machine = tempMachine();
  const transcript = new Transcript(machine.claude).prompt();
  for (const isError of [true, true, false]) {
    transcript.response({ tool: "mcp__secret_server__secret_tool" })
      .result({ content: "No such file or directory", isError });
  }
  const calls = [
    ["metrics", "--group-by", "tool"],
    ["acceptance"],
    ["acceptance", "--by", "tool"],
    ["errors"],
    ["analyze", "last"],
  ];
  for (const call of calls) {
    const hasChart = !["acceptance", "errors"].includes(call[0]!);
    for (const format of ["table", ...hasChart ? ["chart"] : [], "json", "csv", "markdown"]) {
      const tools = format === "csv" && call[0] === "analyze" ? ["--tools"] : [];
      const { stdout } = await runHere(machine, [...call, ...tools, "-f", format]);
      const isShown = format === "table" || format === "chart";
      equal(stdout.includes(NAME), isShown, `${call} ${format}`);
      equal(stdout.includes("mcp:"), !isShown, `${call} ${format}`);
    }
  }
  for await (const { name, isFile } of Deno.readDir(machine.home)) {
    const text = isFile ? Deno.readTextFileSync(`${machine.home}/${name}`) : "";
    ok(!text.includes("secret"), name);
  }
});

Deno.test("namesOfTools() names tools of similar sessions in tables alone", async () => {
  using machine = tempMachine();
  for (let session = 0; session < 12; session++) {
    const transcript = new Transcript(machine.claude, { session }).prompt();
    for (const tool of ["Read", "mcp__secret_server__secret_tool", "Bash"]) {
      transcript.response({ tool }).result({ content: "fine", isError: false });
    }
  }
  for (const format of ["table", "json", "csv", "markdown"]) {
    const { code, stdout } = await runHere(machine, ["similar", "-f", format]);
    equal(code, 0);
    equal(stdout.includes(NAME), format === "table", format);
  }
});

Deno.test("serverNames() are those before the names of their tools", () => {
  const names = new Map([["mcp:00000001", "notes/read"], ["mcp:00000002", "alone"]]);
  const servers = [["mcp:00000001", "mcp:a"], ["mcp:00000002", "mcp:b"], ["mcp:3", "mcp:c"]];

  deepEqual([...serverNames(servers as [string, string][], names)], [["mcp:a", "notes"]]);
});
