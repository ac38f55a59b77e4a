/**
 * The routes of what is learnt from what was: similar sessions, chances, patterns. A task's text
 * would stand in an address, so that none is taken here.
 *
 * @module
 */

import type * as z from "zod";
import { FILE_EXTENSIONS } from "../../core/file_extensions.ts";
import {
  COURSES,
  EDIT_THREADS,
  FILE_STATES,
  PARTS_OF_DAY,
  PREDICTION_TARGETS,
  type PredictionFeature,
} from "../../core/prediction_features.ts";
import { Advisor } from "../../core/reports/advisor.ts";
import { reportPrediction } from "../../core/reports/prediction_report.ts";
import { reportSimilar, type SimilarQuery } from "../../core/reports/similar_report.ts";
import { reportSuccessfulPatterns } from "../../core/reports/successful_patterns_report.ts";
import { TASK_COMMANDS, TASK_SIZES } from "../../core/task_features.ts";
import { TOOL_CLASSES } from "../../core/tool_classes.ts";
import type { WebContext } from "../web_context.ts";
import { PATTERNS_DOCUMENT, PREDICTION_DOCUMENT, SIMILAR_DOCUMENT } from "./advice_schemas.ts";
import {
  chosen,
  FILTER,
  filterOf,
  known,
  limit,
  SESSION_ID,
  share,
  splitWords,
  text,
  word,
  wordOrAll,
  words,
} from "./parameters.ts";
import { type Call, defineRoute, type Given, type Route } from "./route.ts";
import { namedSession, NO_SESSION } from "./named_session.ts";

const LIKE = { ...FILTER, limit: limit(5), min_similarity: share("How alike they are at least") };
const TASK = {
  tools: words(TOOL_CLASSES, "Kinds of tools"),
  extensions: words([...FILE_EXTENSIONS], "Kinds of files"),
  commands: words(TASK_COMMANDS, "Kinds of commands"),
  size: wordOrAll(TASK_SIZES, "How large it seems"),
};
const TARGET = wordOrAll(PREDICTION_TARGETS, "What is asked for; acceptance if nothing is said");
const OPERATION = wordOrAll(["create", "edit"], "Whether a file is made or changed");

const EXTENSION = text("Only files of this kind").refine(isExtension, "it is no kind of file");

/** What is known of an edit: words of closed lists, and names, of which the answer tells more. */
const EDIT: Record<PredictionFeature, z.ZodType<string | undefined>> = {
  tool: text("By this tool"),
  extension: EXTENSION,
  file: word(FILE_STATES, "What the session has done with the file"),
  model: text("By this model"),
  mode: text("In this permission mode"),
  hour: word(PARTS_OF_DAY, "When it is made"),
  project: FILTER.project,
  agent: word(EDIT_THREADS, "In which thread"),
  recent: word(COURSES, "How the latest edits of the session went"),
};

/** Makes the routes, which keep what they have learnt while the data stays the same. */
export function adviceRoutes({ db }: WebContext): Route[] {
  const advisor = new Advisor(db);
  const similar = (
    given: Given<typeof LIKE>,
    call: Call,
    like: Pick<SimilarQuery, "session" | "features">,
  ) =>
    reportSimilar(advisor, {
      ...filterOf(given, call.context),
      ...known(call.context),
      ...like,
      limit: given.limit,
      minSimilarity: given.min_similarity ?? 0,
    });
  return [
    defineRoute({
      path: "/api/v1/sessions/:id/similar",
      id: "similarToSession",
      summary: "Sessions that are like one, and how those went",
      inPath: SESSION_ID,
      query: LIKE,
      answer: SIMILAR_DOCUMENT,
      missing: NO_SESSION,
      handle: (given, call) => {
        const session = namedSession(call.context, given.id);
        return session === undefined ? undefined : similar(given, call, { session });
      },
    }),
    defineRoute({
      path: "/api/v1/analysis/similar",
      id: "similarToTask",
      summary: "Sessions that are like a task",
      query: { ...LIKE, ...TASK },
      answer: SIMILAR_DOCUMENT,
      missing: NO_SESSION,
      handle: (given, call) =>
        similar(given, call, {
          session: undefined,
          features: {
            tools: splitWords(given.tools),
            extensions: splitWords(given.extensions),
            commands: splitWords(given.commands),
            size: chosen(given.size) ?? null,
          },
        }),
    }),
    predictionRoute(advisor),
    patternsRoute(advisor),
  ];
}

function predictionRoute(advisor: Advisor): Route {
  return defineRoute({
    path: "/api/v1/analysis/prediction",
    id: "prediction",
    summary: "How likely an edit is to be accepted, by what was before",
    query: {
      ...EDIT,
      target: TARGET,
      operation: OPERATION,
      session: text("The session in which it is made"),
    },
    answer: PREDICTION_DOCUMENT,
    handle: ({ target, operation, session: named, ...edit }, call) => {
      const { project, session } = filterOf({
        platform: undefined,
        project: edit.project,
        session: named,
        model: undefined,
      }, call.context);
      return reportPrediction(advisor, {
        ...known(call.context),
        target: chosen(target),
        operation: chosen(operation),
        // Of several projects with one name, any tells as much.
        edit: { ...edit, project: [project].flat()[0] },
        session,
      });
    },
  });
}

function patternsRoute(advisor: Advisor): Route {
  return defineRoute({
    path: "/api/v1/analysis/patterns",
    id: "patterns",
    summary: "What edits have in common that went well",
    query: {
      ...FILTER,
      target: TARGET,
      extension: EXTENSION,
      operation: OPERATION,
      min_acceptance: share("Only what went well so often"),
      limit: limit(10),
    },
    answer: PATTERNS_DOCUMENT,
    handle: (given, call) =>
      reportSuccessfulPatterns(advisor, {
        ...filterOf(given, call.context),
        coverage: call.context.coverage(),
        target: chosen(given.target),
        extension: given.extension,
        operation: chosen(given.operation),
        minAcceptance: given.min_acceptance ?? 0,
        limit: given.limit,
      }),
  });
}

/** `other` is what those of no known kind are kept as. */
function isExtension(text: string | undefined): boolean {
  return text === undefined || text === "other" || FILE_EXTENSIONS.has(text);
}
