import { isDay } from '@ordergate/money';
import { LineCounter, parseDocument } from 'yaml';
import type { Story } from '../story.ts';
import { referenceProblems } from './check-references.ts';
import { listOf, mapping, optional, Reading, required, type Read } from './reading.ts';
import { readStep } from './read-step.ts';
import { anyMapping, text } from './scalars.ts';

/** Files that hold no stories; the message names every place. Nothing has been run. */
export class MalformedStories extends Error {
  override readonly name = 'MalformedStories';

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

const storyId: Read<string> = (node, name, reading) => {
  const id = text(node, name, reading);
  return id === undefined || /^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/.test(id)
    ? id
    : reading.note(node, `${name} "${id}" must be an id: at most 20 of letters, digits and . _ -`);
};
const date: Read<string> = (node, name, reading) => {
  const day = text(node, name, reading);
  return day === undefined || isDay(day) ? day : reading.note(node, `${name} "${day}" must be a date like 2026-03-02`);
};
const storyForm = mapping({
  id: required(storyId),
  title: required(text),
  source: optional(text),
  businessDay: optional(date),
  policy: optional(anyMapping),
  expectedToFail: optional(text),
  steps: required(listOf(readStep)),
});

/**
 * The stories of some files, in their order.
 * @throws MalformedStories with file, line and what is wrong of everything that is wrong
 */
export function readStories(files: readonly { file: string; content: string }[]): Story[] {
  const problems: string[] = [];
  const stories = files.flatMap(({ file, content }) => {
    const lines = new LineCounter();
    const document = parseDocument(content, { lineCounter: lines, version: '1.2' });
    const reading = new Reading(document, lines, content);
    const read = document.errors.length > 0 ? [] : storiesOf(reading, document.contents, file);
    for (const { message, linePos } of document.errors)
      reading.problems.push({ line: linePos?.[0].line ?? 1, text: message.split('\n')[0]! });
    problems.push(...reading.problems.map(({ line, text: what }) => `${file}:${line}: ${what}`));
    return read;
  });
  const byId = new Map<string, Story>();
  for (const story of stories) {
    const known = byId.get(story.id);
    if (known)
      problems.push(`${story.file}:${story.line}: ${story.id} is a story already, in ${known.file}:${known.line}`);
    byId.set(story.id, story);
  }
  if (problems.length > 0) throw new MalformedStories(problems);
  return stories;
}

function storiesOf(reading: Reading, contents: unknown, file: string): Story[] {
  const withLine: Read<Story> = (node, name, at) => {
    const story = storyForm(node, name, at);
    return story && ({ ...story, file, line: at.lineOf(node) } as Story);
  };
  const stories = listOf(withLine)(contents, 'story', reading) ?? [];
  for (const story of stories) reading.problems.push(...referenceProblems(story));
  return stories;
}
