/**
 * The API: all of its routes, and their description.
 *
 * @module
 */

import type { Hono } from "hono";
import * as z from "zod";
import { addRoutes } from "./api/add_routes.ts";
import { adviceRoutes } from "./api/advice_routes.ts";
import { ARCHIVE_ROUTE } from "./api/archive_route.ts";
import { AUDIT_ROUTE } from "./api/audit_route.ts";
import { DEAD_LETTER_ROUTES } from "./api/dead_letter_routes.ts";
import { EVENT_ROUTE } from "./api/event_route.ts";
import { EXPORT_ROUTE } from "./api/export_route.ts";
import { HEALTH_ROUTE } from "./api/health_route.ts";
import { HOOK_ROUTE } from "./api/hook_route.ts";
import { INSIGHT_ROUTES } from "./api/insight_routes.ts";
import { LIMITS_ROUTE } from "./api/limits_route.ts";
import { openApiDocument } from "./api/openapi.ts";
import { PURGE_ROUTE } from "./api/purge_route.ts";
import { REBUILD_ROUTE } from "./api/rebuild_route.ts";
import { REPORT_ROUTES } from "./api/report_routes.ts";
import { defineRoute, type Route } from "./api/route.ts";
import { STATUS_ROUTE } from "./api/status_route.ts";
import { named } from "./api/schema_parts.ts";
import { PROMETHEUS_TYPE, prometheusText } from "./prometheus.ts";
import { Validators } from "./validators.ts";
import type { WebContext } from "./web_context.ts";

const DESCRIPTION = named("Description", z.looseObject({ openapi: z.string() }));

/** Adds the routes. */
export function addApi(app: Hono, context: WebContext): void {
  const routes: Route[] = [
    HEALTH_ROUTE,
    HOOK_ROUTE,
    EVENT_ROUTE,
    REBUILD_ROUTE,
    PURGE_ROUTE,
    ARCHIVE_ROUTE,
    STATUS_ROUTE,
    LIMITS_ROUTE,
    EXPORT_ROUTE,
    AUDIT_ROUTE,
    ...REPORT_ROUTES,
    ...INSIGHT_ROUTES,
    ...DEAD_LETTER_ROUTES,
    ...adviceRoutes(context),
    defineRoute({
      path: "/metrics",
      id: "prometheus",
      summary: "Numbers for Prometheus",
      answer: PROMETHEUS_TYPE,
      isTimed: true,
      handle: (_given, { now }) => prometheusText(context, now),
    }),
  ];
  let description: object | undefined;
  routes.push(defineRoute({
    path: "/api/v1/openapi.json",
    id: "description",
    summary: "This description",
    answer: DESCRIPTION,
    handle: () => description ??= openApiDocument(routes, context.version),
  }));
  addRoutes(app, routes, context, new Validators(context));
}
