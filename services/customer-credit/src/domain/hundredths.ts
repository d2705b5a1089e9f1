/** A decimal such as a percentage in hundredths: "12.5" → 1250n. What is finer is cut off. */
export function hundredths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'));
}

/** The decimal again, without digits that say nothing: 1250n → "12.5". */
export function decimalText(inHundredths: bigint): string {
  const text = String(inHundredths).padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`.replace(/\.?0+$/, '');
}
