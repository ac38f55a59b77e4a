/**
 * Makes the events of one session. An event's id is a hash of what it tells: the same row gives
 * the same ids, and a row that tells something new gives one more.
 *
 * @module
 */

import type { EventRecord, EventType, TelemetryEvent } from "../../core/event.ts";
import { literal, type Privacy, type SafeText } from "../../core/privacy.ts";
import { Projects } from "../project.ts";
import type { Composer } from "./composer.ts";
import { findComposer, placeOf } from "./composer_lookup.ts";
import type { RowContext } from "./state_rows.ts";

/** One thing to tell. */
export interface Telling {
  /** What makes it another telling than any other. */
  readonly id: readonly unknown[];
  readonly type: EventType;
  /** Milliseconds. */
  readonly at: number;
  readonly payload: EventRecord;
  /** Whether `at` only stands in for a time that the row does not tell. */
  readonly undated?: boolean;
  /** The message that it is, where its place in the conversation is told. */
  readonly line?: SafeText;
}

/** Makes events of tellings. */
export class SessionEvents {
  readonly #privacy: Privacy;
  readonly #sessionId: SafeText;
  readonly #metadata: EventRecord;
  /** Whether they are a sub-agent's. */
  readonly isAgent: boolean;

  constructor(
    { privacy, session, agent, project, hidden }: {
      readonly privacy: Privacy;
      readonly session: string;
      readonly agent?: string | undefined;
      readonly project?: SafeText | undefined;
      /** Whether it is of a folder that is left out. */
      readonly hidden?: boolean;
    },
  ) {
    this.#privacy = privacy;
    this.#sessionId = privacy.id(session);
    this.isAgent = agent !== undefined;
    this.#metadata = {
      project_hash: project,
      agent_id: agent === undefined ? undefined : privacy.id(agent),
      // The gate lets nothing of it through.
      hidden: hidden ? true : undefined,
    };
  }

  /** The event of a telling. */
  make({ id, type, at, payload, undated, line }: Telling): TelemetryEvent {
    return {
      eventId: this.#privacy.hash(JSON.stringify(id), 32),
      platform: literal("cursor"),
      sessionId: this.#sessionId,
      eventType: type,
      timestamp: at,
      metadata: {
        ...this.#metadata,
        ...(undated ? { undated } : {}),
        ...(line === undefined ? {} : { line }),
      },
      payload: this.isAgent ? { ...payload, sidechain: true } : payload,
    };
  }
}

const projects = new WeakMap<Privacy, Projects>();

/** The events of a composer; undefined for what is no conversation of its own or another's. */
export function composerEvents(
  context: RowContext,
  id: string,
  composer: Composer | undefined = findComposer(context, id),
): SessionEvents | undefined {
  if (composer?.isDraft) return undefined;
  const place = placeOf(context, id, composer);
  if (place === undefined) return undefined;
  const { privacy, workspace } = context;
  const folders = [composer?.folder, place.agent && findComposer(context, place.session)?.folder];
  return new SessionEvents({
    privacy,
    ...place,
    project: projectOf(privacy, composer?.folder) ?? workspace?.hash,
    hidden: folders.some((folder) => folder && context.hides(folder)),
  });
}

function projectOf(privacy: Privacy, folder: string | undefined): SafeText | undefined {
  if (folder === undefined) return undefined;
  // A row does not say whose home it is of: the usual places of homes are known without.
  const known = projects.get(privacy) ?? new Projects(privacy, "");
  projects.set(privacy, known);
  return known.of(folder).hash;
}
