const BLOCK = /^```sh runnable[ \t]*\n(.*?)^```[ \t]*$/gms;

/** The shell commands of a Markdown page that are meant to be run as they stand: blocks fenced as `sh runnable`. */
export const runnableBlocks = (markdown) => [...markdown.matchAll(BLOCK)].map(([, commands]) => commands.trim());
