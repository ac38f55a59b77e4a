/**
 * Advice: what is like a session among very many, and what edits teach.
 *
 * @module
 */

import { systemClock } from "../../core/clock.ts";
import { openReader } from "../../core/database.ts";
import { encodeEvent } from "../../core/event.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { reportErrorPatterns } from "../../core/reports/error_patterns_report.ts";
import { reportPrediction } from "../../core/reports/prediction_report.ts";
import { reportSimilar } from "../../core/reports/similar_report.ts";
import { Pipeline } from "../../pipeline/pipeline.ts";
import { NOON, seededRandom, TABLES } from "../helpers/events.ts";
import { HAIKU, ONE, OPUS, TWO } from "../helpers/filled_home.ts";
import { Story } from "../helpers/story.ts";
import { atMost, type BenchRow, percentile } from "./row.ts";

const SESSIONS = 10_000;
const TIMES = 40;

/** Runs the bench in a folder of its own. */
export async function benchAdvice(folder: string): Promise<BenchRow[]> {
  const path = `${folder}/advice.db`;
  await fill(path);
  using db = openReader(path)!;
  const advisor = new Advisor(db);
  const [read] = timesOf(1, () => advisor.sessions());
  const alike = timesOf(TIMES, (i) => reportSimilar(advisor, { session: `s${i * 97}` }));
  const task = { task: "fix the failing tests in parse.ts" };
  const likeTask = timesOf(TIMES, () => reportSimilar(advisor, task));
  const [learnt] = timesOf(1, () => advisor.learnt("acceptance"));
  const predicted = timesOf(
    TIMES,
    (i) => reportPrediction(advisor, { operation: "edit", session: `s${i * 89}` }),
  );
  const period = { from: undefined, to: NOON * 2 };
  const errors = timesOf(5, () => reportErrorPatterns(db, { period }));
  return [
    atMost("Advice: 10,000 sessions read anew", read!, 1500, "ms"),
    atMost("Advice: like a session of 10,000, p50", percentile(alike, 0.5), 100, "ms"),
    atMost("Advice: like a task of 10,000, p50", percentile(likeTask, 0.5), 100, "ms"),
    atMost("Advice: learnt anew from 5,000 edits", learnt!, 1500, "ms"),
    atMost("Advice: chance of an edit, p50", percentile(predicted, 0.5), 20, "ms"),
    atMost("Advice: patterns of errors of all time, p50", percentile(errors, 0.5), 150, "ms"),
  ];
}

function timesOf(count: number, run: (i: number) => unknown): number[] {
  return Array.from({ length: count }, (_, i) => {
    const start = performance.now();
    run(i);
    return performance.now() - start;
  });
}

/** Short sessions of all kinds. */
async function fill(path: string): Promise<void> {
  await using pipeline = new Pipeline({ path, tables: TABLES, clock: systemClock });
  const random = seededRandom(11);
  for (let from = 0; from < SESSIONS; from += 100) {
    const stories = Array.from({ length: 100 }, (_, i) => shortSession(from + i, random));
    await pipeline.accept(stories.flatMap(({ events }) => events.map(encodeEvent)), []);
  }
  await pipeline.drain();
}

function shortSession(i: number, random: () => number): Story {
  const one = (values: readonly string[]) => values[Math.floor(random() * values.length)]!;
  const [extension, form] = [one(["ts", "py", "md", "go", "css"]), one(["test", "git", "build"])];
  const story = new Story(`s${i}`, { at: NOON - i * 600_000, project: one([ONE, TWO]) }).prompt()
    .response({ model: one([OPUS, HAIKU]), input: Math.floor(random() * 100_000) });
  return story.times(1 + Math.floor(random() * 3), (told, k) => {
    told.call("Read", { file: `${k}`, extension, form: "whole" })
      .call(one(["Edit", "Edit", "Write"]), {
        file: `${k}`,
        extension,
        added: 4,
        outcome: random() < 0.1 ? "rejected" : random() < 0.1 ? "failed" : "ok",
        error: "text_not_found",
      })
      .call("Bash", { form, outcome: random() < 0.1 ? "failed" : "ok" });
  });
}
