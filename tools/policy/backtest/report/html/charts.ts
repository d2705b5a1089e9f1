import { grouped } from '../../../../replay/summary.ts';
import type { PaymentKind } from '../../payment-outcome.ts';
import { scaleTo } from './figures.ts';
import { markup, type Markup } from './markup.ts';

const width = 920;

interface Side {
  value: number;
  label: string;
  meaning: string;
}
export interface BalanceRow {
  title: string;
  wrong: Side;
  right: Side;
}

/** Wrong to the left, right to the right, on one scale. */
export function balanceChart(rows: readonly BalanceRow[], description: string): Markup {
  const [middle, reach, rowHeight, top] = [width / 2, 320, 92, 30];
  const most = Math.max(...rows.flatMap(({ wrong, right }) => [wrong.value, right.value]), 0);
  const lengthOf = (value: number): number => (most === 0 ? 0 : Math.max(value > 0 ? 2 : 0, (value / most) * reach));
  const height = top + rows.length * rowHeight;
  return markup`<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
<text x="${middle - 14}" y="16" text-anchor="end" class="quiet">◀ would have been wrong</text>
<text x="${middle + 14}" y="16" class="quiet">would have been right ▶</text>
${rows.map(({ title, wrong, right }, at) => {
  const y = top + at * rowHeight;
  const [left, far] = [lengthOf(wrong.value), lengthOf(right.value)];
  return markup`<text x="${middle}" y="${y + 14}" text-anchor="middle" class="strong">${title}</text>
<rect x="${middle - left}" y="${y + 24}" width="${left}" height="26" class="bar too-late"/><rect x="${middle - left}" y="${y + 24}" width="${left}" height="26" fill="url(#hatch)"/>
<rect x="${middle}" y="${y + 24}" width="${far}" height="26" class="bar on-time"/>
<text x="${middle - left - 8}" y="${y + 42}" text-anchor="end" class="strong">${wrong.label}</text>
<text x="${middle + far + 8}" y="${y + 42}" class="strong">${right.label}</text>
<text x="${middle - 8}" y="${y + 67}" text-anchor="end" class="quiet">${wrong.meaning}</text>
<text x="${middle + 8}" y="${y + 67}" class="quiet">${right.meaning}</text>
<line x1="${middle}" x2="${middle}" y1="${y + 20}" y2="${y + 54}" class="middle"/>`;
})}</svg></figure>`;
}

/** The pattern that lies over what came too late; a page needs it once. */
export const hatch = markup`<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="7" class="hatch"/></pattern></defs></svg>`;

export interface StackedRow {
  name: string;
  /** In the order in which they stand. */
  parts: readonly { kind: PaymentKind; value: number; title: string }[];
  label: string;
}

/** Bars made of what became of the orders, on one scale. */
export function stackedBars(rows: readonly StackedRow[], description: string): Markup {
  const [left, right, rowHeight] = [190, 190, 34];
  const sums = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(...sums, 1e-9);
  const scale = (width - left - right) / most;
  return markup`<figure><svg viewBox="0 0 ${width} ${rows.length * rowHeight + 4}" role="img" aria-label="${description}">
${rows.map(({ name, parts, label }, at) => {
  const y = at * rowHeight + 4;
  let x = left;
  const bars = parts.map(({ kind, value, title }) => {
    const [from, length] = [x, value * scale];
    x += length;
    if (length === 0) return null;
    const box = markup`x="${from.toFixed(1)}" y="${y}" width="${length.toFixed(1)}" height="22"`;
    const share = length < 44 ? null : inBar(from + length / 2, y, `${Math.round((100 * value) / sums[at]!)} %`);
    return markup`<g><title>${title}</title><rect ${box} class="bar ${kind}"/>${kind === 'too-late' && markup`<rect ${box} fill="url(#hatch)"/>`}${share}</g>`;
  });
  return markup`<text x="${left - 12}" y="${y + 16}" text-anchor="end">${name}</text>${bars}<text x="${(x + 8).toFixed(1)}" y="${y + 16}" class="quiet">${label}</text>`;
})}</svg></figure>`;
}

const inBar = (middle: number, y: number, text: string): Markup =>
  markup`<text x="${middle.toFixed(1)}" y="${y + 16}" text-anchor="middle" class="in-bar">${text}</text>`;

/** What the colours say. */
export function legend(kinds: readonly PaymentKind[], names: Readonly<Record<PaymentKind, string>>): Markup {
  return markup`<ul class="legend">${kinds.map(
    (kind) =>
      markup`<li><svg viewBox="0 0 16 12" aria-hidden="true"><rect width="16" height="12" class="${kind}"/>${kind === 'too-late' && markup`<rect width="16" height="12" fill="url(#hatch)"/>`}</svg>${names[kind]}</li>`,
  )}</ul>`;
}

export interface LinePoint {
  /** Shown where it begins something new, such as a year. */
  tick: string | null;
  before: number;
  after: number;
}

/** Both policies over time: the candidate drawn through, the other dashed. */
export function lineChart(
  points: readonly LinePoint[],
  unit: string,
  names: { before: string; after: string },
  description: string,
): Markup {
  const [left, right, top, bottom, height] = [70, 16, 12, 26, 240];
  const { max, ticks } = scaleTo(Math.max(...points.flatMap(({ before, after }) => [before, after])));
  const x = (at: number): string => (left + (at * (width - left - right)) / Math.max(1, points.length - 1)).toFixed(1);
  const y = (value: number, shift = 0): string =>
    (height - bottom - (Math.max(0, value) / max) * (height - top - bottom) + shift).toFixed(1);
  const path = (which: 'before' | 'after'): string =>
    points.map((point, at) => `${at === 0 ? 'M' : 'L'}${x(at)} ${y(point[which])}`).join('');
  const name = (which: 'before' | 'after'): Markup =>
    markup`<li><svg viewBox="0 0 26 12" class="wide" aria-hidden="true"><path d="M0 6L26 6" class="line ${which}"/></svg>${names[which]}</li>`;
  return markup`<ul class="legend">${name('before')}${name('after')}</ul>
<figure><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${description}">
${ticks.map((tick) => markup`<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" class="axis"/><text x="${left - 8}" y="${y(tick, 4)}" text-anchor="end" class="quiet">${grouped(tick)}${unit}</text>`)}
${points.map(({ tick }, at) => tick !== null && markup`<text x="${x(at)}" y="${height - 6}" class="quiet">${tick}</text>`)}
<path d="${path('before')}" class="line before"/><path d="${path('after')}" class="line after"/></svg></figure>`;
}
