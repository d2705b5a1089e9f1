// What stands under these names in our own records is an amount or a count of hundredths, and nothing else has such a name.
const amounts = new Set(
  'adds amount coversPercent daysLate discountPercent exposure inWindow minor open overdue secured total usualInWindow usualOrder'.split(
    ' ',
  ),
);

/** A value of ours as JSON can hold it: bigints become decimal text. */
export function amountsInJson(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.map(amountsInJson);
  if (typeof value !== 'object' || value === null) return value;
  return eachPart(value, amountsInJson);
}

/** The value again, amounts as bigints. */
export function amountsFromJson<T extends object>(value: object): T {
  return revived(value, '') as T;
}

function revived(value: unknown, name: string): unknown {
  if (typeof value === 'string') return amounts.has(name) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((part) => revived(part, name));
  if (typeof value !== 'object' || value === null) return value;
  return eachPart(value, revived);
}

/** By hand: both are asked of every order. */
function eachPart(value: object, change: (part: unknown, name: string) => unknown): object {
  const changed: Record<string, unknown> = {};
  for (const name in value) changed[name] = change((value as Record<string, unknown>)[name], name);
  return changed;
}
