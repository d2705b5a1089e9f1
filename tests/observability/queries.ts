import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@ordergate/local-infra';
import { parse } from 'yaml';

/** A question to Prometheus, and where it is asked. */
export interface Query {
  where: string;
  expr: string;
  /** What is shown beside the answer: a legend, an alert's sentence. */
  text: string;
}

interface Dashboard {
  panels: {
    id: number;
    title: string;
    targets: { expr: string; legendFormat: string; datasource: { uid: string } }[];
  }[];
}
interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
}

const folder = join(projectRoot, 'infra/observability');
export const readText = (name: string): string => readFileSync(join(folder, name), 'utf8');
export const readDashboard = (): Dashboard => JSON.parse(readText('grafana/ordergate.json')) as Dashboard;

/** Every query of the dashboard and the alerts; Grafana's own variables stand for five minutes. */
export function readQueries(): Query[] {
  const ofPanels = readDashboard().panels.flatMap(({ title, targets }) =>
    targets.map(({ expr, legendFormat }) => ({
      where: `panel "${title}"`,
      expr: expr.replaceAll(/\$__(rate_interval|range|interval)/g, '5m'),
      text: legendFormat,
    })),
  );
  const { groups } = parse(readText('alerts.yml')) as Rules;
  const ofAlerts = groups.flatMap(({ rules }) =>
    rules.map(({ alert, expr, annotations }) => ({ where: `alert ${alert}`, expr, text: annotations.summary })),
  );
  return [...ofPanels, ...ofAlerts];
}
