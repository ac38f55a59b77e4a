/** The programs that tests need besides Deno: what they are called and where they come from. */

/** A program, the names and places it is found under, and how each system installs it. */
export interface Part {
  readonly programs: readonly string[];
  readonly apt: string;
  readonly dnf: string;
  readonly brew: string;
}

/** All known parts, by the name that the command line takes. */
export const parts: Readonly<Record<string, Part>> = {
  chromium: {
    programs: [
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ],
    apt: "chromium",
    dnf: "chromium",
    brew: "--cask google-chrome",
  },
  fish: { programs: ["fish"], apt: "fish", dnf: "fish", brew: "fish" },
  python3: { programs: ["python3"], apt: "python3", dnf: "python3", brew: "python" },
  "redis-server": {
    programs: ["redis-server"],
    apt: "redis-server",
    dnf: "redis",
    brew: "redis",
  },
  tmux: { programs: ["tmux"], apt: "tmux", dnf: "tmux", brew: "tmux" },
  zsh: { programs: ["zsh"], apt: "zsh", dnf: "zsh", brew: "zsh" },
};

/**
 * The absolute path of the first program that there is, looking through a `PATH`; undefined if
 * there is none.
 */
export function findProgram(programs: readonly string[], path: string): string | undefined {
  const isWindows = Deno.build.os === "windows";
  const folders = path.split(isWindows ? ";" : ":").filter(Boolean);
  for (const program of programs) {
    const candidates = program.startsWith("/")
      ? [program]
      : folders.map((folder) => `${folder}/${program}${isWindows ? ".exe" : ""}`);
    const found = candidates.find(isExecutable);
    if (found) return found;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    const { isFile, mode } = Deno.statSync(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    if (error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}

/** What to tell a user who lacks a part: one line that says so, and one to type per system. */
export function missingPartText(name: string): string {
  const part = parts[name]!;
  return [
    `error: Cannot run the tests: ${name} is missing; install it with`,
    `  Debian, Ubuntu:  sudo apt-get install -y --no-install-recommends ${part.apt}`,
    `  Fedora:          sudo dnf install -y ${part.dnf}`,
    `  macOS:           brew install ${part.brew}`,
  ].join("\n");
}
