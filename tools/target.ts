/** The platforms that blueplane is compiled for. */

import { parseArgs } from "node:util";

/** The names of the platforms, as `deno compile --target` takes them. */
export const targets = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
] as const;

/** One of the five platforms. */
export type Target = typeof targets[number];

/**
 * The platform that a command line asks for: `--target T`, or nothing for this platform.
 *
 * @throws {TypeError} if there is anything else in it
 */
export function parseTarget(args: string[]): Target | undefined {
  const given = targetOption(args);
  if (given === undefined) return undefined;
  const target = targets.find((name) => name === given);
  if (target) return target;
  throw new TypeError(`Cannot compile for "${given}": --target is one of ${targets.join(", ")}`);
}

function targetOption(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { target: { type: "string" } } }).values.target;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new TypeError(
      `Cannot read the options: the only one is --target, with one of ${targets.join(", ")}`,
      { cause: error },
    );
  }
}

/** Where the binary goes: `dist/blueplane`, with the platform's name if one was asked for. */
export function outputPath(target?: Target): string {
  const isWindows = target?.includes("windows") ?? Deno.build.os === "windows";
  return `dist/blueplane${target ? `-${target}` : ""}${isWindows ? ".exe" : ""}`;
}
