/**
 * What every call costs before it does anything: whole processes, beside a program of one line
 * that the same compiler made.
 *
 * @module
 */

import { startBenchServer } from "./bench_server.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const ROUNDS = 25;
const STATUS = JSON.stringify({
  session_id: "00000001-0000-4000-8000-00000000cafe",
  model: { id: "claude-opus-4-6" },
  version: "2.1.330",
  cost: { total_cost_usd: 1.25 },
  context_window: { context_window_size: 200_000, current_usage: { input_tokens: 42_000 } },
  rate_limits: { five_hour: { used_percentage: 23.5 }, seven_day: { used_percentage: 61 } },
});
const HELLO = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "bench", version: "1" },
  },
});

/** Calls that read nothing. They take turns, so that a slow moment is everybody's. */
export async function benchStart(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const env = { HOME: folder, BLUEPLANE_HOME: `${folder}/start-home` };
  const bare = await compileBare(folder);
  const calls = {
    bare: () => bare ? timeProcess(bare, env) : Promise.resolve(NaN),
    version: () => timeProcess([...command, "--version"], env),
    help: () => timeProcess([...command, "--help"], env),
    mcp: () => timeMcp([...command, "mcp"], env),
  };
  const times = await alternate(calls);
  const ratio = times.version / times.bare;
  const besides = [
    atMost("Start: bare runtime, same compiler", times.bare, 80, "ms"),
    atMost("Start: --version ÷ bare runtime", ratio, 1.6, "×"),
  ];
  return [
    ...(bare ? besides : []),
    atMost("Start: --version", times.version, 80, "ms"),
    atMost("Start: --help", times.help, 80, "ms"),
    atMost("Start: mcp, up to its first answer", times.mcp, 250, "ms"),
  ];
}

/** The status line over the history that was imported before, with and without a server. */
export async function benchStatusline(
  folder: string,
  command: readonly string[],
): Promise<BenchRow[]> {
  const env = {
    HOME: folder,
    BLUEPLANE_HOME: `${folder}/home`,
    CLAUDE_CONFIG_DIR: `${folder}/claude`,
  };
  const statusline = () => timeProcess([...command, "statusline"], env, STATUS);
  const alone = await alternate({ statusline });
  await using _server = await startBenchServer(folder, command);
  // As it is for hours: when it starts it looks at every file.
  await alternate({ statusline });
  const beside = await alternate({ statusline });
  return [
    atMost("Status line: without a server", alone.statusline, 120, "ms"),
    atMost("Status line: with a server", beside.statusline, 60, "ms"),
  ];
}

/** Medians of calls that are made in turn. */
async function alternate<Name extends string>(
  calls: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(calls) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) times.get(name)!.push(await calls[name]());
  }
  return Object.fromEntries(
    names.map((name) => [name, percentile(times.get(name)!, 0.5)]),
  ) as Record<Name, number>;
}

/** Undefined where this machine has no compiler for it: the one that `tools/compile.ts` takes. */
async function compileBare(folder: string): Promise<string[] | undefined> {
  const source = `${folder}/bare.ts`, output = `${folder}/bare`;
  Deno.writeTextFileSync(source, 'console.log("0.1.0");\n');
  const args = ["compile", "--no-config", "--no-check", "--no-code-cache", "-A"];
  const run = (program: string, args: readonly string[]) =>
    new Deno.Command(program, { args: [...args], stdout: "null", stderr: "null" }).output();
  const compiler = Deno.env.get("DENO_COMPILE") || Deno.execPath();
  const compiled = await run(compiler, [...args, "-o", output, source]);
  return compiled.success && (await run(output, [])).success ? [output] : undefined;
}

async function timeProcess(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  stdin = "",
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, env);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stderr } = await child.output();
  if (code !== 0) throw new Error(`Cannot bench: ${new TextDecoder().decode(stderr)}`);
  return performance.now() - start;
}

/** From its start to the first answer, whose length says nothing. */
async function timeMcp(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const start = performance.now();
  const child = spawn(command, env);
  const writer = child.stdin.getWriter();
  const reader = child.stdout.getReader();
  await writer.write(new TextEncoder().encode(`${HELLO}\n`));
  const { value } = await reader.read();
  const time = performance.now() - start;
  await writer.close();
  await reader.cancel();
  await child.stderr.cancel();
  await child.status;
  if (!value) throw new Error("Cannot bench: the MCP server gave no answer");
  return time;
}

function spawn([program, ...args]: readonly string[], env: Readonly<Record<string, string>>) {
  return new Deno.Command(program!, {
    args,
    env: environment(env),
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

function environment(env: Readonly<Record<string, string>>): Record<string, string> {
  const from = (name: string) => Deno.env.get(name) ?? "";
  return { ...env, PATH: from("PATH"), DENO_DIR: from("DENO_DIR") };
}
