// A transaction costs as much as twenty messages in it. A lane that took every few as they come would keep a core busy at a
// thousand messages a second, and all would wait for that core. At five thousand a longer pace pays: more come together, and
// the time that each waits for the others is won back from the queue for the core.
const paceMs = { least: 8, perMessage: 0.5, most: 16 };
const manyMessages = 100;

/**
 * Goes on to the next messages: at once after many, else when this transaction would have been worth its time. Whatever comes
 * meanwhile waits at the broker and is fetched together; the first message after a rest never waits.
 * @param begunAt of the transaction, by `performance.now()`
 */
export function paced(messages: number, begunAt: number, goOn: () => void): void {
  const pace = Math.min(paceMs.most, Math.max(paceMs.least, messages * paceMs.perMessage));
  const earlyMs = messages < manyMessages ? begunAt + pace - performance.now() : 0;
  if (earlyMs > 0) setTimeout(goOn, earlyMs);
  else goOn();
}
