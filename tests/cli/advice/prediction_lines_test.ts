/** Tests of `cli/advice/prediction_lines.ts`. */

import { deepEqual, equal, match } from "node:assert/strict";
import { predictionText } from "../../../cli/advice/prediction_lines.ts";
import { Advisor } from "../../../core/reports/advisor.ts";
import {
  type PredictionQuery,
  reportPrediction,
} from "../../../core/reports/prediction_report.ts";
import { NOON, seededRandom } from "../../helpers/events.ts";
import { filledHome } from "../../helpers/filled_home.ts";
import { Story } from "../../helpers/story.ts";
import { PLAIN } from "../analysis/sample_report.ts";

const LOOK = { paint: PLAIN, columns: 80 };

/** In each session, new files are refused where that is told, or any third edit is. */
async function text(sessions: number, query: PredictionQuery, isByTool = true): Promise<string> {
  const random = seededRandom(2);
  const stories = Array.from(
    { length: sessions },
    (_, i) =>
      new Story(`s${i}`, { at: NOON - i * 100_000 }).prompt().times(8, (story, k) => {
        const isRefused = isByTool ? k % 2 === 0 : random() < 1 / 3;
        story.call(k % 2 === 0 ? "Write" : "Edit", {
          file: `${k}`,
          outcome: isRefused ? "rejected" : "ok",
        });
      }),
  );
  await using home = await filledHome(stories.flatMap(({ events }) => events));
  return predictionText(reportPrediction(new Advisor(home.db), query), LOOK);
}

Deno.test("predictionText() says how likely, by what, and how well such ones fitted", async () => {
  const told = await text(12, { edit: { tool: "Write" } });

  match(told, /^\d+\.\d % likely to be accepted \(\d+\.\d % to \d+\.\d %, n 96\)$/m);
  match(told, /^ tool +Write +−\d+\.\d pt +0\.0 % +48$/m);
  match(told, /^ held-out sessions +96 +12 +0\.0\d\d +0\.2\d\d +0\.\d{3}$/m);
  deepEqual(told.split("\n").filter((line) => line.length > 80), []);
});

Deno.test("predictionText() says that nothing known beats the share of all", async () => {
  match(
    await text(12, { edit: { tool: "Write" } }, false),
    /^\d+\.\d % likely .*\nThat is the share of all: nothing known foretells better/,
  );
});

Deno.test("predictionText() says what is missing", async () => {
  equal(
    await text(4, {}),
    "Too little to foretell from: 32 edits whose fate is known (50 are needed), 4\n" +
      "sessions with such edits (10 are needed).\n",
  );
});
