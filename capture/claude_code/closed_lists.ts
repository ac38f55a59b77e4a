/**
 * Words of Claude Code that may be kept as they are: they are the program's own, not the user's.
 *
 * @module
 */

import { OTHER, type Privacy, type SafeText, safeWord } from "../../core/privacy.ts";

/** Who is asked before something is done. */
export const PERMISSION_MODES: ReadonlySet<string> = new Set([
  "default",
  "plan",
  "acceptEdits",
  "auto",
  "dontAsk",
  "bypassPermissions",
]);

/** Slash commands that come with it. */
export const COMMANDS: ReadonlySet<string> = new Set([
  "add-dir",
  "agents",
  "bashes",
  "bug",
  "clear",
  "compact",
  "config",
  "context",
  "cost",
  "doctor",
  "effort",
  "exit",
  "export",
  "fast",
  "feedback",
  "fork",
  "help",
  "hooks",
  "ide",
  "init",
  "insights",
  "install-github-app",
  "login",
  "logout",
  "mcp",
  "memory",
  "model",
  "output-style",
  "permissions",
  "plan",
  "plugin",
  "pr-comments",
  "privacy-settings",
  "quit",
  "rate-limit-options",
  "release-notes",
  "remote-control",
  "rename",
  "resume",
  "review",
  "rewind",
  "sandbox",
  "security-review",
  "skills",
  "stats",
  "status",
  "statusline",
  "tasks",
  "terminal-setup",
  "theme",
  "todos",
  "upgrade",
  "usage",
  "vim",
]);

/** Sub-agents that come with it. */
export const AGENTS: ReadonlySet<string> = new Set([
  "general-purpose",
  "Explore",
  "Plan",
  "Bash",
  "claude-code-guide",
  "statusline-setup",
  "output-style-setup",
]);

/** Skills that come with it. */
export const SKILLS: ReadonlySet<string> = new Set([
  "batch",
  "claude-api",
  "debug",
  "loop",
  "simplify",
]);

/** How hard a model may be asked to think. */
export const EFFORTS: ReadonlySet<string> = new Set(["low", "medium", "high", "xhigh", "max"]);

/** A type of sub-agent: a built-in one itself, a user's own as a keyed hash. */
export function safeAgentType(name: string, privacy: Privacy): SafeText {
  const known = safeWord(name, AGENTS);
  return known === OTHER ? privacy.hash(`agent ${name}`) : known;
}

/** A skill: a built-in one itself, a user's own as a keyed hash. */
export function safeSkill(name: string, privacy: Privacy): SafeText {
  const known = safeWord(name, SKILLS);
  return known === OTHER ? privacy.hash(`skill ${name}`) : known;
}

/** How hard the model was asked to think; undefined where it is not told. */
export function effort(value: unknown): SafeText | undefined {
  return typeof value === "string" && value !== "" ? safeWord(value, EFFORTS) : undefined;
}

/** A permission mode; undefined where none is told. */
export function permissionMode(value: unknown): SafeText | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return safeWord(value, PERMISSION_MODES);
}

/** A slash command: a built-in one itself, a user's own as a keyed hash. */
export function safeCommand(name: string, privacy: Privacy): SafeText {
  const known = safeWord(name, COMMANDS);
  return known === OTHER ? privacy.hash(`command ${name}`) : known;
}
