/**
 * The words of predictions: what is foretold of an edit, and what that rests on.
 *
 * @module
 */

/** What can be known of an edit before a person judges it. */
export const EDIT_FEATURES = [
  "tool",
  "extension",
  "file",
  "model",
  "mode",
  "hour",
  "project",
  "agent",
] as const;

/** One of {@linkcode EDIT_FEATURES}. */
export type EditFeature = typeof EDIT_FEATURES[number];

/** By name; null is not known. */
export type EditFeatures = Readonly<Record<EditFeature, string | null>>;

/**
 * What is foretold: that a person accepts an edit that is theirs to judge, or that an edit stands
 * whoever lets it run.
 */
export const PREDICTION_TARGETS = ["acceptance", "kept"] as const;

/** One of {@linkcode PREDICTION_TARGETS}. */
export type PredictionTarget = typeof PREDICTION_TARGETS[number];

/** What a prediction rests on. */
export const PREDICTION_FEATURES = [...EDIT_FEATURES, "recent"] as const;

/** One of {@linkcode PREDICTION_FEATURES}. */
export type PredictionFeature = EditFeature | "recent";

/** By name; null is not known. */
export type PredictionFeatures = Readonly<Record<PredictionFeature, string | null>>;

/** Parts of the day by the hours of a user's clock, six each. */
export const PARTS_OF_DAY = ["night", "morning", "afternoon", "evening"] as const;

/** One of {@linkcode PARTS_OF_DAY}. */
export type PartOfDay = typeof PARTS_OF_DAY[number];

/** What a session has done with a file before. */
export const FILE_STATES = ["unseen", "read", "changed"] as const;

/** One of {@linkcode FILE_STATES}. */
export type FileState = typeof FILE_STATES[number];

/** In which thread an edit is made. */
export const EDIT_THREADS = ["main", "sub-agent"] as const;

/** How the latest edits of a session went. */
export const COURSES = ["first", "all_good", "mostly_good", "mostly_bad"] as const;

/** One of {@linkcode COURSES}. */
export type Course = typeof COURSES[number];
