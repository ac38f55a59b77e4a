/** Tests of `core/prediction/predictor.ts`. */

import assert from "node:assert/strict";
import { addPatterns } from "../../../core/prediction/edit_sums.ts";
import { sigmoid } from "../../../core/prediction/logistic.ts";
import {
  countNeeds,
  PREDICTION_NEEDS,
  type Predictor,
  trainPredictor,
} from "../../../core/prediction/predictor.ts";
import type { PredictionFeatures } from "../../../core/prediction_features.ts";
import { wilsonRate } from "../../../core/reports/rates.ts";
import { seededRandom } from "../../helpers/events.ts";
import { madeUpEdits, summed } from "./made_up_edits.ts";

/** A person who often refuses what is done in Markdown, and new files rather than changes. */
function picky({ tool, extension }: Partial<PredictionFeatures>): number {
  return sigmoid(2 - (extension === "md" ? 2.5 : 0) - (tool === "Write" ? 1 : 0));
}

const SEEDS = [1, 2, 3, 4, 5, 6];

/** The same histories serve several tests. */
let pickyOnes: Predictor[] | undefined;

function trainPicky(): Predictor[] {
  return pickyOnes ??= SEEDS.map((seed) =>
    train({ seed, sessions: 40, edits: 25, chance: picky })
  );
}

function train(sketch: Parameters<typeof madeUpEdits>[0]): Predictor {
  return trainPredictor(summed(madeUpEdits(sketch)))!;
}

Deno.test("trainPredictor() is calibrated on sessions that it has not seen", () => {
  const bins = trainPicky().flatMap(({ method, trial: { heldOutSessions } }) => {
    assert.equal(method, "logistic");
    assert.ok(heldOutSessions.skill! > 0.1, String(heldOutSessions.skill));
    assert.ok(heldOutSessions.expectedCalibrationError < 0.08);
    return heldOutSessions.bins.filter(({ n }) => n >= 30);
  });
  const fitting = bins.filter(({ n, hits, predicted }) => {
    const { low, high } = wilsonRate(hits, n)!;
    return low <= predicted && predicted <= high;
  });
  assert.ok(bins.length >= 20);
  assert.ok(fitting.length >= 0.9 * bins.length, `${fitting.length} of ${bins.length}`);
});

Deno.test("trainPredictor() tells a true chance within its interval, nearly always", () => {
  const hits = trainPicky().flatMap(({ code, model }) => {
    return [
      { tool: "Edit", extension: "ts" },
      { tool: "Edit", extension: "md" },
      { tool: "Write", extension: "md" },
    ].map((edit) => {
      const { logit, standardDeviation } = model.predict(code.expect(edit));
      const low = sigmoid(logit - 1.96 * standardDeviation);
      return low <= picky(edit) && picky(edit) <= sigmoid(logit + 1.96 * standardDeviation);
    });
  });
  assert.ok(hits.filter(Boolean).length >= 0.85 * hits.length, String(hits));
});

Deno.test("trainPredictor() keeps to the base rate where nothing tells edits apart", () => {
  const methods = [7, 8, 9, 10, 11, 12].map((seed) => {
    const { method, trial: { heldOutSessions } } = train({
      seed,
      sessions: 30,
      edits: 20,
      chance: () => 0.7,
    });
    assert.ok(heldOutSessions.skill! < 0.01, `seed ${seed}: skill ${heldOutSessions.skill}`);
    return method;
  });
  assert.deepEqual(new Set(methods), new Set(["base_rate"]));
});

Deno.test("trainPredictor() is not misled by sessions that go well or badly as a whole", () => {
  const methods = SEEDS.map((seed) => {
    const random = seededRandom(seed);
    const moods = Array.from({ length: 30 }, () => random() < 0.5);
    const edits = madeUpEdits({ seed, sessions: 30, edits: 15, chance: () => 0.9 })
      .map((edit) => ({ ...edit, label: edit.label === moods[edit.session] }));
    return trainPredictor(summed(edits))!.method;
  });
  assert.deepEqual(new Set(methods), new Set(["base_rate"]));
});

Deno.test("trainPredictor() gives the same, whatever was summed first", () => {
  const edits = madeUpEdits({ seed: 3, sessions: 20, edits: 10, chance: picky });
  const sessions = summed(edits),
    others = sessions.map(({ patterns, ...sums }) => {
      return { ...sums, patterns: addPatterns(patterns.toReversed()) };
    });
  const told = (some: typeof sessions) => {
    const { model, trial: { sessions: _sessions, ...trial } } = trainPredictor(some)!;
    return { weights: [...model.weights], ...trial };
  };

  assert.deepEqual(told(others), told(sessions));
});

Deno.test("trainPredictor() learns anew once an edit is new, and not else", () => {
  const sessions = summed(madeUpEdits({ seed: 3, sessions: 20, edits: 10, chance: picky }));
  const known = trainPredictor(sessions)!;
  const last = sessions.at(-1)!, more = { ...last, n: last.n + 1, good: last.good + 1 };

  assert.equal(trainPredictor(sessions.map((sums) => ({ ...sums })), known), known);
  const anew = trainPredictor([...sessions.slice(0, -1), more], known)!;
  assert.notEqual(anew, known);
  assert.equal(anew.sessions.at(-1), more);
});

Deno.test("trainPredictor() tries models on what is settled, and learns from all", () => {
  const sessions = summed(madeUpEdits({ seed: 3, sessions: 20, edits: 10, chance: picky }))
    .map((sums, i) => ({ ...sums, to: i * 1_000_000 }));
  const last = sessions.at(-1)!;
  const told = (more: number, known?: Predictor) => {
    const own = { ...last, n: last.n + more, good: last.good + more, to: last.to + more };
    return trainPredictor([...sessions.slice(0, -1), own], known)!;
  };
  const known = told(0), anew = told(1, known);

  assert.equal(anew.trial, known.trial);
  assert.deepEqual(known.trial.sessions, sessions.filter(({ to }) => to < last.to - 3_600_000));
  assert.ok(known.trial.sessions.length < sessions.length);
  // What is kept changes no number.
  assert.deepEqual(anew, told(1));
});

Deno.test("trainPredictor() tries models on all sessions, where too few are settled", () => {
  const sessions = summed(madeUpEdits({ seed: 3, sessions: 20, edits: 10, chance: picky }))
    .map((sums, i) => ({ ...sums, to: i > 8 ? 5_000_000 : i }));

  assert.equal(trainPredictor(sessions)!.trial.sessions, sessions);
});

Deno.test("trainPredictor() foretells nothing from too little", () => {
  const few = madeUpEdits({ seed: 1, sessions: 9, edits: 40, chance: picky });
  const short = madeUpEdits({ seed: 1, sessions: 16, edits: 3, chance: picky });
  const content = madeUpEdits({ seed: 1, sessions: 40, edits: 5, chance: () => 1 });

  for (const edits of [[], few, short, content]) {
    assert.equal(trainPredictor(summed(edits)), undefined);
  }
  assert.deepEqual(countNeeds(summed(content)), {
    edits: 200,
    good: 200,
    not_good: 0,
    sessions: 40,
  });
  assert.deepEqual(Object.keys(countNeeds([])), Object.keys(PREDICTION_NEEDS));
});
