/**
 * Made-up transcripts in the real shape of Claude Code's, for the demo and for benches.
 *
 * @module
 */

/** Chance from a seed: the same seed tells the same story. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from `low` to `high`. */
  roll(low: number, high: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return low + Math.floor((this.#state / 2 ** 32) * (high - low + 1));
  }

  /** One of several. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.roll(0, choices.length - 1)]!;
  }

  /** A UUID of this die. */
  uuid(): string {
    const hex = Array.from({ length: 32 }, () => this.roll(0, 15).toString(16)).join("");
    const cuts = [8, 12, 16, 20];
    return [0, ...cuts].map((from, i) => hex.slice(from, cuts[i] ?? 32)).join("-");
  }
}

/** One session that is being told, turn by turn. */
export interface MadeUpSession {
  readonly id: string;
  readonly cwd: string;
  readonly version: string;
  readonly model: string;
  /** The story's clock, in milliseconds. */
  at: number;
  parent: string | null;
  readonly dice: Dice;
}

const PROJECTS = ["aurora", "harbour", "lantern"];
const MODELS = ["claude-opus-4-6", "claude-sonnet-4-5-20250929", "claude-haiku-4-5-20251001"];
const FILES = ["src/app.ts", "src/router.ts", "web/page.tsx", "docs/guide.md", "core/parse.rs"];
const TOOLS = ["Bash", "Read", "Edit", "Edit", "Grep", "Write", "Read"];
const REFUSAL =
  "The user doesn't want to proceed with this tool use. The tool use was rejected " +
  "(eg. if it was a file edit, the new_string was NOT written to the file).";

/** Begins a session at a moment. */
export function beginSession(dice: Dice, at: number): MadeUpSession {
  return {
    id: dice.uuid(),
    cwd: `/home/demo/code/${dice.pick(PROJECTS)}`,
    version: "2.1.330",
    model: dice.pick(MODELS),
    at,
    parent: null,
    dice,
  };
}

/** The path of its transcript below a `projects` folder. */
export function transcriptPath(projects: string, session: MadeUpSession): string {
  return `${projects}/${session.cwd.replace(/[^A-Za-z0-9]/g, "-")}/${session.id}.jsonl`;
}

/** The lines of a prompt: the beginning of a turn. */
export function promptLine(session: MadeUpSession): string {
  session.at += session.dice.roll(5_000, 90_000);
  return line(session, "user", {
    message: { role: "user", content: "Made-up prompt: please mend the made-up problem." },
    origin: { kind: "human" },
    promptSource: "typed",
  });
}

/** The lines of one step: a response of two blocks, a tool call, and its result. */
export function stepLines(session: MadeUpSession): string[] {
  const { dice } = session;
  const messageId = `msg_${dice.uuid().replaceAll("-", "").slice(0, 24)}`;
  const toolId = `toolu_${dice.uuid().replaceAll("-", "").slice(0, 24)}`;
  const tool = dice.pick(TOOLS), file = dice.pick(FILES);
  const output = dice.roll(60, 900), input = dice.roll(2, 12);
  const usage = (tokens: number) => ({
    input_tokens: input,
    output_tokens: tokens,
    cache_read_input_tokens: 24_000 + output * 7,
    cache_creation_input_tokens: output * 2,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: output * 2 },
    service_tier: "standard",
  });
  const response = (block: unknown, tokens: number, stop: string | null) =>
    line(session, "assistant", {
      requestId: `req_${messageId.slice(4)}`,
      message: {
        id: messageId,
        type: "message",
        role: "assistant",
        model: session.model,
        content: [block],
        stop_reason: stop,
        usage: usage(tokens),
      },
    });
  session.at += dice.roll(800, 6_000);
  const first = response({ type: "text", text: "Made-up answer." }, 8, null);
  session.at += dice.roll(100, 900);
  const use = { type: "tool_use", id: toolId, name: tool, input: { file_path: file } };
  const second = response(use, output, "tool_use");
  session.at += dice.roll(200, 4_000);
  return [first, second, resultLine(session, tool, toolId)];
}

function resultLine(session: MadeUpSession, tool: string, toolId: string): string {
  const { dice } = session;
  const fate = dice.roll(1, 100);
  const failed = fate > 94, refused = !failed && fate > 90 && tool === "Edit";
  const content = refused ? REFUSAL : failed ? "Exit code 1\nmade-up failure" : "made-up output";
  const added = dice.roll(1, 14), removed = dice.roll(0, 6);
  const hunk = [..."+".repeat(added), ..."-".repeat(removed)].map((sign) => `${sign}made-up`);
  const edited = tool === "Edit" && !failed && !refused;
  return line(session, "user", {
    message: {
      role: "user",
      content: [{
        type: "tool_result",
        tool_use_id: toolId,
        content,
        ...(failed || refused ? { is_error: true } : {}),
      }],
    },
    ...(edited ? { toolUseResult: { structuredPatch: [{ lines: hunk }] } } : {}),
    ...(refused ? { toolDenialKind: "user-rejected", toolDenialBeforeRun: true } : {}),
  });
}

function line(session: MadeUpSession, type: string, fields: Record<string, unknown>): string {
  const uuid = session.dice.uuid();
  const text = JSON.stringify({
    parentUuid: session.parent,
    isSidechain: false,
    userType: "external",
    cwd: session.cwd,
    sessionId: session.id,
    version: session.version,
    gitBranch: "main",
    type,
    ...fields,
    uuid,
    timestamp: new Date(session.at).toISOString(),
  });
  session.parent = uuid;
  return `${text}\n`;
}
