import { parser } from '@prometheus-io/lezer-promql';

export interface Matcher {
  label: string;
  op: string;
  value: string;
}

/** A metric as a query names it: what its samples must be, and which labels the query groups or joins them by. */
export interface Selector {
  metric: string;
  matchers: Matcher[];
  groupedBy: string[];
}

type Node = ReturnType<typeof parser.parse>['topNode'];

/** @throws Error for what is no PromQL, naming the place */
export function selectorsOf(expr: string): Selector[] {
  const text = ({ from, to }: Node): string => expr.slice(from, to);
  const selectors: Selector[] = [];
  const walk = (node: Node, groupedBy: readonly string[]): void => {
    if (node.type.isError) throw new Error(`not PromQL at "${expr.slice(node.from)}": ${expr}`);
    if (node.name === 'VectorSelector') {
      const matchers = within(node, 'UnquotedLabelMatcher').map(([label, op, value]) => ({
        ...{ label: text(label!), op: text(op!) },
        value: text(value!).slice(1, -1),
      }));
      selectors.push({ metric: text(node.getChild('Identifier')!), matchers, groupedBy: [...groupedBy] });
      return;
    }
    const groups = node.name === 'AggregateExpr' || node.name === 'BinaryExpr' ? ownGroups(node).map(text) : [];
    for (const child of childrenOf(node)) walk(child, [...groupedBy, ...groups]);
  };
  walk(parser.parse(expr).topNode, []);
  return selectors;
}

/** Labels of `by (…)` or `on (…)` of this very expression. */
function ownGroups(node: Node): Node[] {
  const modifier = node.getChild('AggregateModifier') ?? node.getChild('MatchingModifierClause');
  return modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? [];
}

function within(node: Node, name: string): Node[][] {
  return (node.getChild('LabelMatchers')?.getChildren(name) ?? []).map(childrenOf);
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}
