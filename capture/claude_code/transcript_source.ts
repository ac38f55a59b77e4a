/**
 * The transcripts of Claude Code as what is being read.
 *
 * @module
 */

import { literal } from "../../core/privacy.ts";
import { JsonlSource } from "../jsonl_source.ts";
import type { CaptureContext, Source } from "../platform.ts";
import { Projects } from "../project.ts";
import { configFolders, isTranscript, listFolder, projectsFolders } from "./locate.ts";
import { PLATFORM_ID } from "./names.ts";

/** Opens it. */
export function transcriptSource(context: CaptureContext): Source {
  const { environment, privacy, gate } = context;
  const projects = new Projects(privacy, environment.home);
  // Asked anew at every look: the assistant may be installed after us.
  const folders = () => projectsFolders(configFolders(environment));
  return new JsonlSource({
    platform: literal(PLATFORM_ID),
    roots: folders,
    list() {
      const listed = folders().map(listFolder);
      return {
        files: listed.flatMap(({ files }) => files),
        denied: listed.flatMap(({ denied }) => denied),
      };
    },
    accepts: isTranscript,
    async loadParser() {
      const { TranscriptParser } = await import("./transcript_parser.ts");
      return (path, before, modifiedAt, drift) =>
        new TranscriptParser({ path, before, modifiedAt, privacy, projects, gate, drift });
    },
  }, context);
}
