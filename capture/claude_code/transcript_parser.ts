/**
 * Parses the lines of one transcript, in their order, into events without content.
 *
 * @module
 */

import type { Checkpoint } from "../../core/checkpoints.ts";
import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import {
  literal,
  measureText,
  OTHER,
  type Privacy,
  readSafeText,
  safeKind,
  type SafeText,
  safeVersion,
} from "../../core/privacy.ts";
import type { DriftCounts } from "../drift_counts.ts";
import type { Gate } from "../gate.ts";
import type { LineParser } from "../jsonl_source.ts";
import { firstFolder } from "./first_folder.ts";
import { readAgentFile } from "./agent_file.ts";
import { apiErrorFacts } from "./api_error.ts";
import { parseAssistantLine } from "./assistant_line.ts";
import { permissionMode } from "./closed_lists.ts";
import { parseCostState } from "./cost_state_line.ts";
import { noteDrift } from "./format_drift.ts";
import { contentText, countOf, type Json, objectOf, textOf, timeOf } from "../json_access.ts";
import { LINE_FIELDS } from "./known_format.ts";
import { fileChange, FileSnapshots } from "./file_history.ts";
import { LifeSigns, lifeState } from "./life_signs.ts";
import { LineLinks, linkState } from "./line_links.ts";
import type { Projects } from "../project.ts";
import { parseUserLine } from "./user_line.ts";

/** What a line's parser may use, and the one way to make an event of it. */
export interface LineContext {
  readonly line: Json;
  readonly privacy: Privacy;
  /** The line's uuid, as it may be kept. */
  readonly uuid: SafeText | undefined;
  readonly sidechain: boolean;
  /** The line's own time in milliseconds, if it tells one. */
  readonly time: number | undefined;
  /** The last tool result before this line: a marker behind a rejection is part of it. */
  readonly memory: LineMemory;
  /** What the lines before it follow. */
  readonly links: LineLinks;
  /** The keyed hash of a file's path. */
  file(path: string): SafeText;
  /** Makes an event of the line. */
  event(id: SafeText, type: EventType, payload: EventRecord): TelemetryEvent;
}

/** What is remembered from line to line. */
export interface LineMemory {
  lastResult: "rejected" | "other" | null;
  /** The call whose rejection may turn out to be an interruption. */
  doubtful: SafeText | null;
  /** The calls that were rejected, the latest last. */
  rejections: readonly SafeText[];
  /** The permission mode that holds, where the file told one. */
  mode: SafeText | null;
  /** Whether the file is of an agent that the client starts by itself at a session's start. */
  warmup: boolean;
  /** The line of what a person typed last. */
  typed: SafeText | null;
}

const FILES_MAX = 1000;
/** What such an agent is told, instead of a task. */
const WARMUP = "Warmup";

/** What a {@linkcode TranscriptParser} starts from. */
export interface TranscriptParserOptions {
  readonly path: string;
  readonly before: Checkpoint | undefined;
  /** Stands in for the time of lines before the first that tells one. */
  readonly modifiedAt: number;
  readonly privacy: Privacy;
  readonly projects: Projects;
  /** Says which folders are left out. */
  readonly gate: Gate;
  /** Gets what is not known of the lines. */
  readonly drift: DriftCounts;
}

/** A {@linkcode LineParser} for transcripts. */
export class TranscriptParser implements LineParser {
  readonly #privacy: Privacy;
  readonly #projects: Projects;
  readonly #gate: Gate;
  readonly #drift: DriftCounts;
  readonly #path: string;
  readonly #fileName: string;
  readonly #memory: LineMemory;
  readonly #life: LifeSigns;
  readonly #links: LineLinks;
  readonly #snapshots: FileSnapshots;
  readonly #files = new Map<string, SafeText>();
  #sessionId: SafeText | null;
  /** Whether the session cannot be that of a fork's origin. */
  #isSure: boolean;
  #project: SafeText | undefined;
  readonly #modifiedAt: number;
  #lastTime: number | undefined;
  #isAgentTold: boolean;
  #cwd: string | undefined;
  /** Whether the line is of a folder that is left out. */
  #isOut: boolean;
  /** Whether some line was of another. */
  #isSeen: boolean;

  constructor(options: TranscriptParserOptions) {
    const { path, before, modifiedAt, privacy, projects, gate, drift } = options;
    const state = objectOf(before && JSON.parse(before.state));
    this.#privacy = privacy;
    this.#projects = projects;
    this.#gate = gate;
    this.#isOut = before ? state.out === true : startsOut(path, gate);
    this.#isSeen = typeof before?.sessionId === "string";
    this.#drift = drift;
    this.#path = path;
    this.#fileName = path.split(/[/\\]/).at(-1)!.replace(/\.jsonl$/, "");
    this.#sessionId = before?.sessionId ? privacy.id(before.sessionId) : null;
    this.#isSure = state.sure === true;
    this.#project = readSafeText(String(state.project ?? ""));
    this.#modifiedAt = modifiedAt;
    this.#lastTime = countOf(state.last_time) || undefined;
    this.#isAgentTold = state.agent_told === true;
    const last = state.last_result;
    this.#memory = {
      lastResult: last === "rejected" || last === "other" ? last : null,
      doubtful: readSafeText(String(state.doubtful ?? "")) ?? null,
      rejections: safeTexts(state.rejections),
      mode: readSafeText(String(state.mode ?? "")) ?? null,
      warmup: state.warmup === true,
      typed: readSafeText(String(state.typed ?? "")) ?? null,
    };
    this.#links = new LineLinks(privacy, linkState(objectOf(state.links)));
    this.#snapshots = new FileSnapshots(countOf(state.snapshot_at));
    this.#life = new LifeSigns(lifeState(objectOf(state.life)));
  }

  get sessionId(): SafeText | null {
    return this.isHidden ? null : this.#sessionId;
  }

  get isHidden(): boolean {
    return this.#isOut && !this.#isSeen;
  }

  get state(): string {
    if (this.isHidden) return JSON.stringify({ out: true });
    return JSON.stringify({
      sure: this.#isSure,
      out: this.#isOut ? true : undefined,
      project: this.#project,
      last_time: this.#lastTime,
      last_result: this.#memory.lastResult,
      doubtful: this.#memory.doubtful,
      rejections: this.#memory.rejections,
      mode: this.#memory.mode,
      warmup: this.#memory.warmup,
      typed: this.#memory.typed,
      links: this.#links.state,
      agent_told: this.#isAgentTold,
      snapshot_at: this.#snapshots.state,
      life: this.#life.state,
    });
  }

  parse(line: Json): readonly TelemetryEvent[] | undefined {
    this.#noteSession(line);
    const context = this.#context(line);
    const events = this.#events(context);
    this.#life.note(context, events !== undefined && events.length > 0);
    if (events === undefined) return undefined;
    this.#links.note(line, events);
    const nativeAt = this.#life.takeNative(context);
    return nativeAt === undefined ? events : [...events, activity(context, nativeAt)];
  }

  #events(context: LineContext): readonly TelemetryEvent[] | undefined {
    const { line } = context;
    const message = objectOf(line.message);
    noteDrift(line, message, this.#drift);
    if (line.type === "assistant" || (line.type === undefined && "usage" in message)) {
      return parseAssistantLine(context, message);
    }
    if (line.type === "user") return parseUserLine(context, message);
    if (line.type === "system") return this.#system(context);
    if (line.type === "attachment") return attachment(context);
    if (line.type === "permission-mode") {
      this.#memory.mode = permissionMode(line.permissionMode) ?? this.#memory.mode;
    }
    if (line.type === "file-history-snapshot") return this.#snapshots.parse(context);
    if (line.type === "cost-state") return this.#costState(context);
    return LINE_FIELDS.has(line.type) ? [] : undefined;
  }

  /**
   * None where a pause lies anywhere in the session: a client that was started again tells the
   * totals of all of it with a start and a length of its own.
   */
  #costState(context: LineContext): readonly TelemetryEvent[] {
    const since = this.#life.begunAt ?? this.#lastTime;
    const isCut = since !== undefined && this.#lastTime !== undefined &&
      this.#gate.hadPause(since, this.#lastTime);
    return isCut ? [] : parseCostState(context);
  }

  #context(line: Json): LineContext {
    const time = timeOf(line.timestamp);
    if (time !== undefined) this.#lastTime = time;
    const cwd = textOf(line.cwd);
    if (cwd && cwd !== this.#cwd) {
      this.#cwd = cwd;
      this.#isOut = this.#gate.excludes(cwd);
      this.#noteFolder();
      this.#project = this.#isOut ? undefined : this.#projects.of(cwd).hash;
    }
    if (!this.#isOut) this.#isSeen = true;
    if (isWarmup(line)) this.#memory.warmup = true;
    const uuid = textOf(line.uuid);
    const version = textOf(line.version);
    const agent = textOf(line.agentId);
    const metadata: EventRecord = {
      project_hash: this.#project,
      version: version === undefined ? undefined : safeVersion(version),
      agent_id: agent === undefined ? undefined : this.#privacy.id(agent),
      undated: time === undefined ? true : undefined,
      warmup: this.#memory.warmup ? true : undefined,
      // The gate lets nothing of it through.
      hidden: this.#isOut ? true : undefined,
    };
    // Before the first line with a time of its own, a snapshot's is the nearest.
    const snapshotAt = timeOf(objectOf(line.snapshot).timestamp);
    const timestamp = this.#lastTime ?? snapshotAt ?? this.#modifiedAt;
    return {
      line,
      privacy: this.#privacy,
      uuid: uuid === undefined ? undefined : this.#privacy.id(uuid),
      sidechain: line.isSidechain === true,
      time,
      memory: this.#memory,
      links: this.#links,
      file: (path) => this.#file(path),
      event: (eventId, eventType, payload) => ({
        eventId,
        platform: literal("claude_code"),
        sessionId: this.#sessionId ?? this.#privacy.id(this.#fileName),
        eventType,
        timestamp,
        metadata,
        payload,
      }),
    };
  }

  /** Tells of moments that no line's own event tells; asked behind the last line of a read. */
  end(): readonly TelemetryEvent[] {
    this.#noteFolder();
    return [...this.#life.take().map((context) => activity(context)), ...this.#agent()];
  }

  /** Tells those who know the session alone where it is. */
  #noteFolder(): void {
    if (this.#sessionId !== null && this.#cwd !== undefined) {
      this.#gate.noteFolder(this.#sessionId, this.#cwd);
    }
  }

  /** The call that started the agent whose file this is: told once, as soon as it is known. */
  #agent(): TelemetryEvent[] {
    if (this.#isAgentTold) return [];
    const told = readAgentFile(this.#path, this.#privacy);
    this.#isAgentTold = told !== undefined;
    if (told === undefined) return [];
    const id = this.#privacy.hash(`agent ${told.agent_id} ${told.tool_use_id}`, 32);
    const event = this.#context({}).event(id, "tool_note", { ...told, sidechain: true });
    // The same in every read: however far this one came.
    return [{ ...event, timestamp: this.#life.state.first ?? event.timestamp }];
  }

  /**
   * A line belongs to the session of its file: the one that the file is named after, or else that
   * of the first line to name one. A fork can begin with a person's lines of the session it came
   * from, which keep that one's id; what the client wrote has the fork's own.
   */
  #noteSession({ sessionId, type, isSidechain }: Json): void {
    const named = textOf(sessionId)?.split("#")[0];
    if (!named) return;
    const isOwn = named === this.#fileName;
    const isSure = isOwn || (type !== "user" && isSidechain !== true);
    if (this.#sessionId !== null && !isOwn && (this.#isSure || !isSure)) return;
    this.#sessionId = this.#privacy.id(named);
    this.#isSure ||= isSure;
  }

  /** A session works on few files, again and again. */
  #file(path: string): SafeText {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const hash = this.#privacy.hash(`file ${path}`);
    if (this.#files.size < FILES_MAX) this.#files.set(path, hash);
    return hash;
  }

  #system(context: LineContext): readonly TelemetryEvent[] {
    const { line, uuid } = context;
    if (uuid === undefined) return [];
    if (line.subtype === "compact_boundary") {
      const compact = objectOf(line.compactMetadata);
      return [context.event(uuid, "context_compact", {
        trigger: safeKind(textOf(compact.trigger) ?? OTHER),
        tokens_before: compact.preTokens === undefined ? null : countOf(compact.preTokens),
        tokens_after: compact.postTokens === undefined ? null : countOf(compact.postTokens),
      })];
    }
    if (line.subtype === "turn_duration") {
      return [context.event(uuid, "turn_end", { duration_ms: countOf(line.durationMs) })];
    }
    if (line.subtype === "api_error") {
      return [context.event(uuid, "api_error", {
        attempt: countOf(line.retryAttempt),
        retry_in_ms: countOf(line.retryInMs),
        ...apiErrorFacts(undefined, objectOf(line.error).status),
      })];
    }
    return [];
  }
}

/** Whether the first folder that a file names is left out: lines before it tell none. */
function startsOut(path: string, gate: Gate): boolean {
  if (!gate.isSelective) return false;
  const cwd = firstFolder(path);
  return cwd !== undefined && gate.excludes(cwd);
}

function isWarmup({ type, isSidechain, message }: Json): boolean {
  return type === "user" && isSidechain === true &&
    contentText(objectOf(message).content).trim() === WARMUP;
}

function safeTexts(value: unknown): SafeText[] {
  const texts = Array.isArray(value) ? value.map((text) => readSafeText(String(text))) : [];
  return texts.filter((text) => text !== undefined);
}

/** Says that the session was going on, and with `nativeAt` since when this file was written. */
function activity(context: LineContext, nativeAt?: number): TelemetryEvent {
  const { line, privacy, time } = context;
  const id = privacy.hash(`activity ${line.sessionId ?? ""} ${time} ${nativeAt ?? ""}`, 32);
  return context.event(id, "activity", nativeAt === undefined ? {} : { native_at: nativeAt });
}

/** A prompt that was typed while the model worked is an attachment, not a user line. */
function attachment(context: LineContext): readonly TelemetryEvent[] {
  const { type, commandMode, prompt } = objectOf(context.line.attachment);
  if (type === "edited_text_file") return fileChange(context);
  if (type !== "queued_command" || commandMode !== "prompt" || !context.uuid) return [];
  const size = prompt === undefined ? {} : measureText(contentText(prompt));
  return [context.event(context.uuid, "queued_prompt", { ...size })];
}
