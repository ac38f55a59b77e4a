/**
 * Whose sub-agent a conversation is. Its hooks name itself alone; but Cursor keeps a file for it
 * at `projects/<slug>/agent-transcripts/<parent>/subagents/<id>.jsonl`, a second or so after its
 * first hook. Names of folders and files are looked at, nothing is opened.
 *
 * @module
 */

const CONVERSATION = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The conversation that a sub-agent works for; undefined for one that is none, or none yet.
 *
 * @param folder Cursor's own in the user's home
 */
export function parentConversation(folder: string, conversation: string): string | undefined {
  // Any other id may be a path to somewhere else.
  if (!CONVERSATION.test(conversation)) return undefined;
  const projects = `${folder}/projects`;
  for (const project of foldersIn(projects)) {
    const transcripts = `${projects}/${project}/agent-transcripts`;
    for (const parent of foldersIn(transcripts)) {
      const path = `${transcripts}/${parent}/subagents/${conversation}.jsonl`;
      if (CONVERSATION.test(parent) && isThere(path)) return parent;
    }
  }
  return undefined;
}

function foldersIn(path: string): string[] {
  try {
    return [...Deno.readDirSync(path)].filter((entry) => entry.isDirectory)
      .map(({ name }) => name);
  } catch (error) {
    // Not there, or closed to us: then nothing tells of a parent.
    if (!(error instanceof Error)) throw error;
    return [];
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.lstatSync(path).isFile;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return false;
  }
}
