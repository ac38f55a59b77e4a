/**
 * The files that pages load. They are part of the program; a browser that has them asks only
 * whether they are still the same.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { Context, Hono } from "hono";
import uplotCss from "uplot/dist/uPlot.min.css" with { type: "text" };
import uplot from "uplot/dist/uPlot.iife.min.js" with { type: "text" };
import app from "./assets/app.js" with { type: "text" };
import charts from "./assets/charts.css" with { type: "text" };
import colours from "./assets/colours.css" with { type: "text" };
import feed from "./assets/feed.js" with { type: "text" };
import findings from "./assets/findings.css" with { type: "text" };
import frame from "./assets/frame.css" with { type: "text" };
import icon from "./assets/icon.svg" with { type: "text" };
import live from "./assets/live.js" with { type: "text" };
import look from "./assets/look.js" with { type: "text" };
import openFile from "./assets/open_file.js" with { type: "text" };
import parts from "./assets/parts.css" with { type: "text" };
import purge from "./assets/purge.js" with { type: "text" };
import roving from "./assets/roving.js" with { type: "text" };
import sections from "./assets/sections.js" with { type: "text" };
import session from "./assets/session.css" with { type: "text" };
import series from "./assets/series.js" with { type: "text" };
import write from "./assets/write.js" with { type: "text" };
import signIn from "./assets/sign_in.js" with { type: "text" };

/** A file as it is sent. */
interface Asset {
  readonly type: string;
  readonly body: string;
}

const CSS = "text/css; charset=utf-8", JS = "text/javascript; charset=utf-8";

const ASSETS: Readonly<Record<string, Asset>> = {
  "app.css": {
    type: CSS,
    body: [uplotCss, colours, frame, parts, charts, session, findings].join("\n"),
  },
  "app.js": { type: JS, body: app },
  "feed.js": { type: JS, body: feed },
  "live.js": { type: JS, body: live },
  "look.js": { type: JS, body: look },
  "open_file.js": { type: JS, body: openFile },
  "purge.js": { type: JS, body: purge },
  "roving.js": { type: JS, body: roving },
  "sections.js": { type: JS, body: sections },
  "series.js": { type: JS, body: series },
  "write.js": { type: JS, body: write },
  "sign_in.js": { type: JS, body: signIn },
  // As a module, so that it is loaded where a chart needs it and leaves no global name.
  "uplot.js": { type: JS, body: `${uplot}\nexport default uPlot;\n` },
  "icon.svg": { type: "image/svg+xml", body: icon },
};

/** Adds a route for each file. */
export function addAssets(app: Hono): void {
  for (const [name, asset] of Object.entries(ASSETS)) {
    const tag = tagOf(asset.body);
    app.get(`/assets/${name}`, (c) => answer(c, asset, tag));
  }
}

function answer(c: Context, { type, body }: Asset, tag: string): Response {
  c.header("ETag", tag);
  c.header("Cache-Control", "no-cache");
  const known = c.req.header("If-None-Match")?.split(",").map((each) => each.trim()) ?? [];
  if (known.some((each) => each === "*" || each.replace(/^W\//, "") === tag)) {
    return c.body(null, 304);
  }
  return c.body(body, 200, { "Content-Type": type });
}

function tagOf(body: string): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, 16)}"`;
}
