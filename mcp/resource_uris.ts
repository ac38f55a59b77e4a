/**
 * The names of what can be read and subscribed to.
 *
 * @module
 */

/** The session that calls. */
export const CURRENT_URI = "telemetry://session/current";

/** The latest sessions. */
export const RECENT_URI = "telemetry://sessions/recent";

/** The headline numbers of a period; `?period=` names another than the usual one. */
export const SUMMARY_URI = "telemetry://metrics/summary";

/** How much of the account's limits is used, and where that goes. */
export const LIMITS_URI = "telemetry://limits";

/** What is kept, and what never is. */
export const PRIVACY_URI = "telemetry://privacy";

/** One session by its id. */
export const SESSION_TEMPLATE = "telemetry://session/{id}";

/** The summary of a period. */
export const SUMMARY_TEMPLATE = `${SUMMARY_URI}{?period}`;
