/** The name that was probably meant, if one is near enough. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const [nearest] = names
    .map((name) => ({ name, edits: editsBetween(written.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest && nearest.edits <= Math.max(2, written.length / 3) ? nearest.name : undefined;
}

/** How many letters to add, drop or replace to turn one text into the other (Levenshtein). */
function editsBetween(from: string, to: string): number {
  let before = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [row, letter] of [...from].entries()) {
    const now = [row + 1];
    for (const [at, other] of [...to].entries())
      now.push(Math.min(now[at]! + 1, before[at + 1]! + 1, before[at]! + (letter === other ? 0 : 1)));
    before = now;
  }
  return before[to.length]!;
}
