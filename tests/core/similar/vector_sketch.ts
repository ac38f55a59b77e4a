/** Sessions as vectors, of which a test says what matters to it. */

import type { SessionVector } from "../../../core/similar/session_vectors.ts";

/** A session of nothing, but for what is told. */
export function vectorSketch(
  { mixes, sizes, outcome, ...rest }: {
    readonly [Name in keyof SessionVector]?: Partial<SessionVector[Name]>;
  } = {},
): SessionVector {
  return {
    number: 1,
    sessionId: "s",
    platform: "claude_code",
    project: null,
    startedAt: 0,
    endedAt: 0,
    tools: new Map(),
    ...rest as Partial<SessionVector>,
    mixes: {
      extensions: new Map(),
      tools: new Map(),
      commands: new Map(),
      models: new Map(),
      ...mixes,
    },
    sizes: { prompts: null, calls: null, lines: null, tokens: null, active_ms: null, ...sizes },
    outcome: {
      kept: 0,
      judged: 0,
      failed: 0,
      finished: 0,
      stops: 0,
      commits: 0,
      micros: null,
      isLowerBound: null,
      ...outcome,
    },
  };
}
