/**
 * Examines our server of tools: whether assistants list it, and whether what they list starts and
 * answers, as it does no longer when the program was moved.
 *
 * @module
 */

import type { Platform } from "../../capture/platform.ts";
import { PLATFORMS } from "../../capture/registry.ts";
import type { Finding } from "../../core/finding.ts";
import { openToolInstall } from "../installed_hooks.ts";
import type { Workspace } from "../workspace.ts";

const ANSWER_WITHIN_MS = 10_000;
const HELLO = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "blueplane-doctor", version: "1" },
  },
};

/** What is found in the settings of platforms on this machine. */
export async function checkTools(workspace: Workspace): Promise<Finding[]> {
  const here = PLATFORMS.filter(({ toolClient }) =>
    toolClient.files(workspace.environment).length > 0
  );
  return await Promise.all(here.map((platform) => checkPlatform(workspace, platform)));
}

async function checkPlatform(workspace: Workspace, platform: Platform): Promise<Finding> {
  const { id, label, aliases } = platform;
  const listings = openToolInstall(workspace, platform).inspect();
  const listed = listings.flatMap(({ words, path }) => words ? [{ words, path }] : []);
  const base = { id: `tools.${id}`, numbers: { listed: listed.length } };
  const remedy = `blueplane install ${aliases.at(-1) ?? id} --mcp`;
  if (listed.length === 0) {
    const isOther = listings.some((listing) => listing.isOther);
    const title = isOther
      ? 'another\'s server of tools is listed as "blueplane"'
      : "no server of tools, so it cannot ask how it does";
    return { ...base, severity: "note", title: `${label}: ${title}`, remedy };
  }
  const answers = await Promise.all(listed.map(({ words }) => answersHello(words)));
  const silent = listed.filter((_, i) => !answers[i]);
  const numbers = { ...base.numbers, silent: silent.length };
  if (silent.length === 0) {
    return {
      ...base,
      numbers,
      severity: "ok",
      title: `${label}: our server of tools is listed, and answers`,
    };
  }
  return {
    ...base,
    numbers,
    severity: "warning",
    title: `${label}: our server of tools is listed, and does not answer`,
    remedy,
    details: silent.map(({ words, path }) => `${path}: ${words.join(" ")}`),
  };
}

/** Whether the program starts and answers the first that a client says. */
async function answersHello([command, ...args]: readonly string[]): Promise<boolean> {
  const process = start(command!, args);
  if (!process) return false;
  try {
    const said = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const writer = process.stdin.getWriter();
    await writer.write(new TextEncoder().encode(`${JSON.stringify(HELLO)}\n`));
    let text = "";
    while (!text.includes("\n")) {
      const { value, done } = await said.read();
      if (done) break;
      text += value;
    }
    await writer.close();
    await said.cancel();
    return JSON.parse(text.split("\n")[0]!).result?.serverInfo?.name === "blueplane";
  } catch (error) {
    // It has ended, or says something else.
    if (!(error instanceof Error)) throw error;
    return false;
  } finally {
    kill(process);
    await process.status;
  }
}

function start(command: string, args: readonly string[]): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command(command, {
      args: [...args],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).spawn();
  } catch (error) {
    // It is not there, or may not be run.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

function kill(process: Deno.ChildProcess): void {
  try {
    process.kill("SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if (!(error instanceof Error)) throw error;
  }
}
