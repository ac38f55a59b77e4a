/**
 * The command that an installed hook runs, and how it is known again among those of others: by
 * the name of our program, wherever that lies and whatever its home is.
 *
 * @module
 */

const PROGRAM = `(?:^|[\\s'"/\\\\])(?:blueplane[\\w.-]*|main\\.ts)['"]?(?: --home .+)?`;

/**
 * What a shell is given.
 *
 * @param program with its options, as a shell reads them
 * @param platform how the assistant that calls is named on the command line
 */
export function hookCommand(program: string, platform: string): string {
  return `${program} hook ${platform}`;
}

/** The program, with its options, that a command of ours runs; undefined for any other value. */
export function programIn(command: unknown, platform: string): string | undefined {
  return programBefore(command, `hook ${platform}`);
}

/** The same of a command that ends in other words. */
export function programBefore(command: unknown, words: string): string | undefined {
  if (typeof command !== "string") return undefined;
  return new RegExp(`^(.*${PROGRAM}) ${words}$`, "s").exec(command)?.[1];
}
